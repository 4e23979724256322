import {openSync} from 'node:fs';
import process from 'node:process';
import {ReadStream} from 'node:tty';
import {quoted} from '../parameters/duration.js';
import {UserError} from '../errors/user-error.js';
import {type Adviser} from '../session/adviser.js';
import {loadLaterParts} from '../session/later-part.js';
import {RunSubject} from '../session/run-subject.js';
import {SnapshotMaker} from '../session/snapshot-maker.js';
import {detectCapabilities} from '../terminal/capabilities.js';
import {Dashboard} from './dashboard.js';
import {isSpoken} from './spoken/is-spoken.js';
import {readSettings, themeOfFlag} from './settings.js';
import {exportFiles} from './export-files.js';
import {headStarts} from './head-starts.js';
import {lessonShelf} from './lesson-progress.js';
import {openSession} from './open-session.js';
import {presetShelf} from './preset-shelf.js';

/** The command line of the dashboard, values as they were written. */
export type DashboardOptions = {
	/** A name, a path, or `-` for standard input. */
	readonly preset: string | undefined;
	/** `key=value` each. */
	readonly set: readonly string[];
	/** `500ms key=value` each: planned. */
	readonly change: readonly string[];
	readonly color: boolean | undefined;
	readonly ascii: boolean;
	readonly theme: string | undefined;
	readonly speed: string | undefined;
	readonly fps: string | undefined;
	/** Saves and exports go over what is there. */
	readonly force: boolean;
	/** Who computes advice; nobody without. */
	readonly adviser?: Adviser;
};

/** What it opens where nobody names a preset. */
export const defaultPreset = 'seed-2019-kick-under-lock';
const defaultFps = 10;

/** Reads `--fps`. Throws `UserError`. */
export function parseFps(text?: string): number {
	if (text === undefined) {
		return defaultFps;
	}

	const fps = /^\d{1,2}$/v.test(text) ? Number(text) : 0;
	if (fps < 1 || fps > 60) {
		throw new UserError(`--fps: ${quoted(text)} is no frame rate: write a whole number from 1 to 60`);
	}

	return fps;
}

/** Keys come from the terminal itself when standard input was the preset. */
function keyStream(reference: string): ReadStream {
	return reference === '-' ? keyTerminal('a preset on standard input') : process.stdin;
}

/** The terminal itself, for keys while standard input is something else. Throws `UserError`. */
export function keyTerminal(who: string): ReadStream {
	try {
		return new ReadStream(openSync('/dev/tty', 'r'));
	} catch {
		throw new UserError(`${who} needs a terminal at /dev/tty for the keys`);
	}
}

/**
Runs the dashboard until the user leaves it; the exit code. Throws `UserError` for what
the command line has wrong, before the terminal is touched.
*/
export async function runDashboard(options: DashboardOptions): Promise<number> {
	const reference = options.preset ?? defaultPreset;
	const settings = readSettings(process.env);
	const speed = options.speed ?? settings.speed;
	const fps = options.fps === undefined ? (settings.fps ?? defaultFps) : parseFps(options.fps);
	const theme = themeOfFlag(options.theme) ?? settings.theme;
	if (process.env.TERM === 'dumb') {
		throw new UserError(
			`the dashboard needs a terminal that can move its cursor, and TERM is dumb; vqlab run ${reference} ` +
				'needs none',
		);
	}

	const clock = () => performance.now();
	const {set, change} = options;
	const session = openSession({reference, set, change, speed}, clock, headStarts(process.env));
	const isHeard = isSpoken(process.env);
	if (isHeard || settings.layout?.view !== undefined) {
		await loadLaterParts();
	}

	const existing = options.force ? 'force' : 'refuse';
	const dashboard = new Dashboard({
		subject: new RunSubject(
			{
				session,
				shelf: presetShelf(existing),
				files: exportFiles(existing),
				lessons: lessonShelf(process.env),
				...(options.adviser === undefined ? {} : {adviser: options.adviser}),
			},
			new SnapshotMaker(session, {clock, columns: 1}),
		),
		capabilities: detectCapabilities(process.env, {
			ascii: options.ascii || settings.ascii === true,
			color: options.color,
		}),
		clock,
		fps,
		settings: {...settings, ...(theme === undefined ? {} : {theme})},
		isSpoken: isHeard,
		stdin: keyStream(reference),
		stdout: process.stdout,
	});
	await dashboard.run();
	return 0;
}
