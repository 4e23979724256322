import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {type IPty, spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';

export type TerminalOptions = {
	readonly columns?: number;
	readonly rows?: number;
	readonly environment?: Readonly<Record<string, string>>;
	readonly cwd?: string;
};

export type ExitStatus = {readonly code: number; readonly signal: number};

/** How long a screen may take to come, on a machine that is busy with other tests. */
const patience = 30_000;

/** A terminal with a program in it: a pty and an emulator that keeps the screen. */
export class TestTerminal {
	readonly exited: Promise<ExitStatus>;
	/** All that the program wrote. */
	output = '';
	/** How much of it the emulator has drawn. */
	private parsed = 0;
	private readonly emulator: InstanceType<typeof xterm.Terminal>;
	private readonly pty: IPty;
	private readonly watchers = new Set<() => void>();

	constructor(file: string, argv: readonly string[], options: TerminalOptions = {}) {
		const {columns = 120, rows = 36, environment = {}, cwd} = options;
		this.emulator = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
		const inherited = Object.fromEntries(
			Object.entries(process.env).filter(
				([name]) => !['NO_COLOR', 'FORCE_COLOR', 'COLORTERM', 'LC_ALL', 'LC_CTYPE'].includes(name),
			),
		);
		this.pty = spawn(file, [...argv], {
			name: 'xterm-256color',
			cols: columns,
			rows,
			...(cwd === undefined ? {} : {cwd}),
			// In CI Ink writes only its last frame.
			env: {
				...inherited,
				TERM: 'xterm-256color',
				LANG: 'C.UTF-8',
				CI: 'false',
				// What sessions leave for later ones: not among what the user has.
				XDG_CACHE_HOME: path.join(tmpdir(), 'vqlab-test-cache'),
				...environment,
			},
		});
		this.pty.onData(data => {
			this.output += data;
			this.emulator.write(data, () => {
				this.parsed += data.length;
				this.look();
			});
		});
		this.exited = new Promise(resolve => {
			this.pty.onExit(({exitCode, signal}) => {
				// What was written last may still be on its way through the emulator.
				this.emulator.write('', () => {
					resolve({code: exitCode, signal: signal ?? 0});
					this.look();
				});
			});
		});
	}

	get pid(): number {
		return this.pty.pid;
	}

	/** The program has the alternate screen. */
	get alternate(): boolean {
		return this.emulator.buffer.active.type === 'alternate';
	}

	/** Rows of the screen as they are now. */
	get lines(): string[] {
		const {active} = this.emulator.buffer;
		return Array.from(
			{length: this.emulator.rows},
			(_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
		);
	}

	get text(): string {
		return this.lines.join('\n');
	}

	/** The screen with lines that the terminal has wrapped in one piece. */
	get unwrapped(): string {
		const {active} = this.emulator.buffer;
		return this.lines
			.map((line, row) => (active.getLine(active.viewportY + row)?.isWrapped === true ? '' : '\n') + line)
			.join('')
			.slice(1);
	}

	/** The emulator's buffer, for cells with their colours. */
	get buffer() {
		return this.emulator.buffer.active;
	}

	write(keys: string): void {
		this.pty.write(keys);
	}

	resize(columns: number, rows: number): void {
		this.emulator.resize(columns, rows);
		this.pty.resize(columns, rows);
	}

	/** Closes the terminal from its own side, as when its window is closed. */
	close(): void {
		(this.pty as IPty & {destroy(): void}).destroy();
	}

	/** Takes nothing more of what the program writes, as a frozen window. */
	stopReading(): void {
		this.pty.pause();
	}

	kill(signal: string): void {
		process.kill(this.pty.pid, signal);
	}

	/** Waits until the screen is as wanted; fails with the screen as it was last. */
	async until(wanted: string | RegExp | ((terminal: TestTerminal) => boolean)): Promise<void> {
		const holds = () =>
			typeof wanted === 'function'
				? wanted(this)
				: typeof wanted === 'string'
					? this.text.includes(wanted)
					: wanted.test(this.text);
		if (holds()) {
			return;
		}

		await new Promise<void>((resolve, reject) => {
			const timer = setTimeout(() => {
				this.watchers.delete(watcher);
				reject(new Error(`the screen never had ${String(wanted)}; it was:\n${this.text}`));
			}, patience);
			const watcher = () => {
				if (holds()) {
					clearTimeout(timer);
					this.watchers.delete(watcher);
					resolve();
				}
			};

			this.watchers.add(watcher);
		});
	}

	/** Ends the program if it still runs. */
	dispose(): void {
		try {
			this.pty.kill('SIGKILL');
		} catch {
			// It has ended.
		}
	}

	private look(): void {
		// Between the marks of a synchronized update the screen is half drawn.
		if (
			this.output.lastIndexOf('\u001B[?2026h', this.parsed - 1) >
			this.output.lastIndexOf('\u001B[?2026l', this.parsed - 8)
		) {
			return;
		}

		for (const watcher of this.watchers) {
			watcher();
		}
	}
}
