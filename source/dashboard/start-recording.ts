import process from 'node:process';
import {isatty, type ReadStream} from 'node:tty';
import {UserError} from '../errors/user-error.js';
import {loadLaterParts} from '../session/later-part.js';
import {type RecordingParts, RecordingSubject} from '../session/recording/recording-subject.js';
import {Recording} from '../session/recording/recording.js';
import {detectCapabilities} from '../terminal/capabilities.js';
import {ProgressLine} from '../terminal/progress-line.js';
import {type TraceSource} from '../trace/reader/line-source.js';
import {leanHeap} from '../terminal/lean-heap.js';
import {isSpoken} from './spoken/is-spoken.js';
import {readSettings} from './settings.js';
import {keyTerminal, parseFps} from './start.js';
import {type TerminalStage} from './terminal-stage.js';
import {Dashboard} from './dashboard.js';
import {readRecordingFile} from './read-recording.js';

/** The command line of `vqlab view`, values as they were written. */
export type ViewOptions = {
	/** A file, or `-` for standard input. */
	readonly trace: string;
	readonly host: string | undefined;
	/** The device to show, the busiest without. */
	readonly device: string | undefined;
	/** A preset to simulate beside it. */
	readonly beside: string | undefined;
	/** `key=value` each, for the preset. */
	readonly set: readonly string[];
	readonly fps: string | undefined;
	readonly color: boolean | undefined;
	readonly ascii: boolean;
};

const clock = (): number => performance.now();

function writeProgress(text: string): void {
	process.stderr.write(text);
}

function refuseContradictions({trace, host, beside, set}: ViewOptions): void {
	if (trace === '-' && (host !== undefined || beside !== undefined)) {
		throw new UserError(
			`view -: ${host === undefined ? '--beside' : '--host'} needs a recording that has ended: save the ` +
				'stream to a file, as tee does',
		);
	}

	if (set.length > 0 && beside === undefined) {
		throw new UserError(
			'view: --set changes the model that --beside simulates; a recording has no parameters to set',
		);
	}
}

/**
Shows a recording until the user leaves it; the exit code. Throws `UserError` for what the
command line or the recording has wrong, before the terminal is touched.
*/
export async function runView(options: ViewOptions): Promise<number> {
	refuseContradictions(options);
	leanHeap();
	await loadLaterParts();
	const {fps: given} = readSettings(process.env);
	const fps = options.fps === undefined && given !== undefined ? given : parseFps(options.fps);
	return options.trace === '-' ? viewStream(options, fps) : viewFile(options, fps);
}

async function viewFile(options: ViewOptions, fps: number): Promise<number> {
	const progress = new ProgressLine({
		write: isatty(2) && process.env.TERM !== 'dumb' ? writeProgress : undefined,
		columns: () => process.stdout.columns,
		clock,
	});
	const parts = await progress.guard(process, async () => readRecordingFile(options, clock, progress));
	progress.erase();
	await show(parts, {options, fps, stdin: process.stdin});
	return 0;
}

/**
Standard input as it comes; the first bytes are there before the terminal is taken, so
that ssh can ask for a password.
*/
async function viewStream(options: ViewOptions, fps: number): Promise<number> {
	const stdin = keyTerminal('view -');
	process.stderr.write('vqlab: waiting for the first line on standard input\n');
	const input = process.stdin;
	const iterator = (input as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
	const first = await iterator.next();
	const recording = new Recording({
		name: 'standard input',
		isLive: true,
		clock,
		device: options.device,
	});
	let isStopped = false;
	const source: TraceSource = {name: 'standard input', size: null, chunks: chunksOf(first, iterator)};
	const reading = recording.read(source, () => isStopped);
	if (first.done === true) {
		stdin.destroy();
		await reading;
		return 0;
	}

	let fault: Error | undefined;
	await show({recording}, {options, fps, stdin}, async ({quit, redraw}) => {
		try {
			await reading;
			// The program that wrote the stream shared the terminal, and may
			// have reset it when it ended.
			redraw();
		} catch (error) {
			if (!isStopped) {
				fault = error instanceof Error ? error : new Error(String(error));
				quit();
			}
		}
	});
	isStopped = true;
	input.destroy();
	stdin.destroy();
	if (fault !== undefined) {
		throw fault;
	}

	return 0;
}

async function* chunksOf(
	first: IteratorResult<Uint8Array, unknown>,
	iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
	// eslint-disable-next-line no-await-in-loop -- chunk by chunk
	for (let next = first; next.done !== true; next = await iterator.next()) {
		yield next.value;
	}
}

type ShowOptions = {readonly options: ViewOptions; readonly fps: number; readonly stdin: ReadStream};

async function show(
	parts: Omit<RecordingParts, 'clock' | 'file'>,
	{options, fps, stdin}: ShowOptions,
	during?: (stage: TerminalStage) => Promise<void>,
): Promise<void> {
	const settings = readSettings(process.env);
	const dashboard = new Dashboard({
		subject: new RecordingSubject({...parts, clock, file: options.trace}),
		capabilities: detectCapabilities(process.env, {
			ascii: options.ascii || settings.ascii === true,
			color: options.color,
		}),
		settings,
		isSpoken: isSpoken(process.env),
		clock,
		fps,
		stdin,
		stdout: process.stdout,
	});
	void during?.(dashboard.stage);
	await dashboard.run();
}
