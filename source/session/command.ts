/** In which column of the help a command stands; `none`: only inside an overlay. */
export type HelpColumn = 'view' | 'everywhere' | 'time' | 'none';

/** Something that a key or the palette does at a desk (the controller), by name. */
export type Command<Desk> = {
	readonly id: string;
	readonly label: string;
	readonly column: HelpColumn;
	/**
	What the subject can be made to do; everything without. A command that cannot be done is in no
	help and no palette, and its key is looked up in the next scope.
	*/
	readonly can?: (desk: Desk) => boolean;
	/** Words for its key where it cannot; without them the key does nothing. */
	readonly refusal?: (desk: Desk) => string | undefined;
	/** May throw `UserError`. */
	readonly run: (desk: Desk) => void;
};

/** A hint of the key row: commands whose first keys stand before the words. */
export type Hint = {
	readonly commands: readonly string[];
	readonly words: string;
	readonly short?: string;
	readonly scope?: string;
};
