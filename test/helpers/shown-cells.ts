import xterm from '@xterm/headless';

type Emulator = InstanceType<typeof xterm.Terminal>;

/** A terminal as the dashboard has it: lines do not wrap. */
export async function emulator(columns: number, rows: number): Promise<Emulator> {
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	await shown(terminal, '\u001B[?7l');
	return terminal;
}

/** Writes a text, and waits until the terminal has drawn it. */
export async function shown(terminal: Emulator, text: string): Promise<void> {
	await new Promise<void>(resolve => {
		terminal.write(text, resolve);
	});
}

/** All cells of a screen with their looks, a string a row. */
export function shownCells(terminal: Emulator): string[] {
	const {active} = terminal.buffer;
	const cell = active.getNullCell();
	return Array.from({length: terminal.rows}, (_, y) => {
		const line = active.getLine(active.viewportY + y);
		return Array.from({length: terminal.cols}, (_, x) => {
			line?.getCell(x, cell);
			const look = [
				cell.getFgColorMode(),
				cell.getFgColor(),
				cell.getBgColorMode(),
				cell.getBgColor(),
				cell.isBold(),
				cell.isDim(),
				cell.isInverse(),
				cell.isUnderline(),
			];
			const plain = [0, -1, 0, -1, 0, 0, 0, 0];
			const isPlain = look.every((value, index) => value === plain[index]);
			return (cell.getChars() || ' ') + (isPlain ? '' : `{${look.join(' ')}}`);
		}).join('');
	});
}
