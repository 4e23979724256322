const never = new Int32Array(new SharedArrayBuffer(4));

/**
Waits for a descriptor that is not ready and that another program has set not to block.
Signals keep their default action.
*/
export function waitForDescriptor(): void {
	Atomics.wait(never, 0, 0, 5);
}
