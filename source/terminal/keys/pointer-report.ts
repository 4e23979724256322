import {csiKeys} from './sequence-keys.js';
import {type TerminalInput} from './terminal-input.js';

type MouseInput = Extract<TerminalInput, {readonly kind: 'mouse'}>;

/**
What is done by a code of xterm's SGR reports (mode 1006): 0 the left button, 64 and 65 the wheel.
Codes with what is held down, of other buttons and of motion are the terminal's own business.
*/
const codes: ReadonlyMap<string, MouseInput['what']> = new Map([
	['0', 'press'],
	['64', 'wheelUp'],
	['65', 'wheelDown'],
]);

/**
Reads `CSI < code ; column ; row M`; undefined for releases, and for what is no report that means
something.
*/
export function pointerReport(parameters: string, final: string): MouseInput | undefined {
	const groups = /^<(?<code>\d{1,3});(?<column>\d{1,5});(?<row>\d{1,5})$/v.exec(parameters)?.groups;
	const what = groups === undefined || final !== 'M' ? undefined : codes.get(groups.code);
	return groups === undefined || what === undefined
		? undefined
		: {kind: 'mouse', what, x: Math.max(0, Number(groups.column) - 1), y: Math.max(0, Number(groups.row) - 1)};
}

/** What `CSI parameters final` is: keys, or something that the mouse did. */
export function csiInputs(parameters: string, final: string): readonly TerminalInput[] {
	const report = pointerReport(parameters, final);
	return report === undefined
		? csiKeys(parameters, final).map((name): TerminalInput => ({kind: 'key', name}))
		: [report];
}
