import {type WriteStream} from 'node:tty';
import fc from 'fast-check';
import {render} from 'ink';
import {expect, test} from 'vitest';
import {ScreenView} from '../../source/dashboard/components/screen-view.js';
import {FrameSink} from '../../source/dashboard/frame-sink.js';
import {DeskScreen} from '../../source/dashboard/screen.js';
import {emulator, shown, shownCells} from '../helpers/shown-cells.js';
import {runDesk, sessionOf, smallPreset} from '../session/small-run.js';

type Emulator = Awaited<ReturnType<typeof emulator>>;
type Size = {readonly columns: number; readonly rows: number};

/** The screen as `TerminalStage` puts it on a terminal: a sink for each time that it is put up. */
class Shown {
	raw = '';
	private terminal: Emulator | undefined;
	private text = '';
	private sink: FrameSink;
	private ink: ReturnType<typeof render>;

	constructor(
		private readonly screen: DeskScreen,
		private size: Size,
	) {
		this.sink = this.newSink();
		this.ink = this.mount();
	}

	/**
	Draws what is now; the cells that the terminal shows, and those of a terminal that gets it
	whole.
	*/
	async draw(): Promise<readonly [string[], string[]]> {
		this.ink.rerender(<ScreenView frame={this.screen.frame} />);
		const {columns, rows} = this.size;
		this.terminal ??= await emulator(columns, rows);
		const {text} = this;
		this.text = '';
		await shown(this.terminal, text);
		const fresh = await emulator(columns, rows);
		await shown(fresh, this.raw.replaceAll('\n', '\r\n'));
		return [shownCells(this.terminal), shownCells(fresh)];
	}

	resize(size: Size): void {
		this.close();
		this.size = size;
		this.screen.resize(size);
		this.terminal?.resize(size.columns, size.rows);
		this.text = '\u001B[0m\u001B[H\u001B[2J';
		this.sink = this.newSink();
		this.ink = this.mount();
	}

	close(): void {
		this.sink.close();
		this.ink.unmount();
	}

	private newSink(): FrameSink {
		const write = (text: string): void => {
			this.text += text;
		};

		return new FrameSink({columns: this.size.columns, write});
	}

	private mount(): ReturnType<typeof render> {
		const {sink} = this;
		const raw = {
			columns: this.size.columns,
			rows: Infinity,
			on() {
				return raw;
			},
			off() {
				return raw;
			},
			write: (frame: string) => {
				this.raw = frame;
				return sink.write(frame);
			},
		};
		return render(<ScreenView frame={this.screen.frame} />, {
			stdout: raw as unknown as WriteStream,
			debug: true,
			patchConsole: false,
			exitOnCtrlC: false,
		});
	}
}

const sizes: readonly Size[] = [
	{columns: 80, rows: 24},
	{columns: 120, rows: 36},
	{columns: 61, rows: 19},
	{columns: 20, rows: 5},
	{columns: 30, rows: 1},
];
const step = fc.oneof(
	{
		arbitrary: fc.constantFrom(
			'?',
			'escape',
			'up',
			'down',
			'left',
			'right',
			'1',
			'2',
			'3',
			'p',
			'c',
			'M',
			'u',
			'/',
		),
		weight: 5,
	},
	{arbitrary: fc.integer({min: 1, max: 20}), weight: 4},
	{arbitrary: fc.constantFrom(...sizes), weight: 1},
);

test('after any keys, time and sizes the terminal shows what it would if it were drawn anew', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, {minLength: 8, maxLength: 20}), async steps => {
			const {controller, session} = runDesk(sessionOf(smallPreset('first')));
			const screen = new DeskScreen({
				controller,
				capabilities: {unicode: true, color: '16'},
				clock: () => session.now / 1e6,
				size: sizes[1],
			});
			const view = new Shown(screen, sizes[1]);
			for (const what of steps) {
				if (typeof what === 'string') {
					screen.press(what);
				} else if (typeof what === 'number') {
					session.advanceTo(session.now + what * 1e7);
					screen.refresh();
				} else {
					view.resize(what);
				}

				const [ours, fresh] = await view.draw(); // eslint-disable-line no-await-in-loop
				expect(ours).toEqual(fresh);
			}

			view.close();
		}),
		{numRuns: 6},
	);
});
