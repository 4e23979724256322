/** Puts what a view shows on a terminal. */
export type Painter<View> = {
	/** Takes the screen, where it needs one of its own. */
	enter(): void;
	/** Gives it back. Must not fail. */
	leave(): void;
	/** Takes away what is on it, before it is drawn anew. */
	clear(): void;
	mount(view: View): void;
	unmount(): void;
	/** The view has something new. */
	paint(): void;
};
