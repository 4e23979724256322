import process from 'node:process';

type Environment = Readonly<Record<string, string | undefined>>;

/** The exit status by which a shell says that it found no such program. */
const notFound = 127;

/** Where a text would be shown. */
export type PagerScreen = {
	/** Standard input and output are the terminal. */
	readonly isTerminal: boolean;
	readonly columns: number;
	readonly rows: number;
};

/**
The command of a shell that shows the text, `$PAGER` or less; undefined where the text is printed as
it is: without a terminal or on a dumb one, when it fits on the screen, and when `PAGER` is `cat` or
empty.
*/
export function pagerFor(text: string, environment: Environment, screen: PagerScreen): string | undefined {
	const {PAGER: pager = 'less', TERM: term = ''} = environment;
	if (!screen.isTerminal || term === '' || term === 'dumb' || /^\s*(?:cat\s*)?$/v.test(pager)) {
		return undefined;
	}

	const rows = text
		.trimEnd()
		.split('\n')
		.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / screen.columns)), 0);
	// The shell's prompt takes a row.
	return rows < screen.rows ? undefined : pager;
}

/**
Shows the text in the pager until the reader leaves it. False when there is no such program: nothing
was shown then. A reader who leaves early has seen what they wanted.
*/
export async function showInPager(text: string, pager: string, environment: Environment): Promise<boolean> {
	// Loaded here, since it takes a start 2 ms.
	const {spawnSync} = await import('node:child_process');
	// Ctrl-C is for the pager. Without a handler it would end this program and leave the pager with
	// the terminal.
	process.on('SIGINT', () => undefined);
	const {status} = spawnSync('/bin/sh', ['-c', pager], {
		input: text,
		stdio: ['pipe', 'inherit', 'inherit'],
		// F: none for less than a screen; R: colours; X: the text stays on the screen.
		env: {...environment, LESS: environment.LESS ?? 'FRX'},
	});
	return status !== notFound;
}
