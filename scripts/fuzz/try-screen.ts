import {Buffer} from 'node:buffer';
import {stripVTControlCharacters} from 'node:util';
import {type Frame} from '../../source/dashboard/components/screen-view.js';
import {presetShelf, sessionPreset} from '../../source/dashboard/preset-shelf.js';
import {DeskScreen} from '../../source/dashboard/screen.js';
import {type StageView} from '../../source/dashboard/stage-parts.js';
import {UserError} from '../../source/errors/user-error.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {registryOf} from '../../source/session/commands.js';
import {Controller} from '../../source/session/controller.js';
import {loadLaterParts} from '../../source/session/later-part.js';
import {RecordingSubject} from '../../source/session/recording/recording-subject.js';
import {Recording} from '../../source/session/recording/recording.js';
import {RunSubject} from '../../source/session/run-subject.js';
import {Session} from '../../source/session/session.js';
import {SnapshotMaker} from '../../source/session/snapshot-maker.js';
import {parseSpeed} from '../../source/session/speed.js';
import {views} from '../../source/views/list.js';
import {KeyDecoder} from '../../source/terminal/keys/key-decoder.js';
import {sourceOf} from '../../test/trace/trace-lines.js';
import {complaintFault} from './try-command.js';
import {type ScreenDraw} from './screen-draw.js';

await loadLaterParts();

/** Nothing is written, whatever is typed. */
const nowhere = {
	refuse: () => undefined,
	write: () => undefined,
};
const nothing = (): void => undefined;

/** What is wrong with a frame: rows of another number or width, or what is no text in them. */
function frameFault({rows, cover, width}: Frame, height: number): string | undefined {
	if (rows.length !== Math.max(1, height - 1)) {
		return `${rows.length} rows on a screen of ${height}`;
	}

	const bare = [...rows, ...(cover?.rows ?? [])].map(row => stripVTControlCharacters(row));
	const wide = bare.find(row => row.length > width);
	if (wide !== undefined) {
		return `a row of ${wide.length} cells in ${width}: ${wide}`;
	}

	const slip = bare.find(row => /\bNaN\b|\bundefined\b|\[object |\p{Cc}/v.test(row));
	return slip === undefined ? undefined : `a row with a slip: ${JSON.stringify(slip)}`;
}

/** Types at a screen as the terminal's reader would: what comes at once, then silence. */
function type(screen: StageView, decoder: KeyDecoder, text: string): void {
	for (const input of [...decoder.push(Buffer.from(text)), ...decoder.flush()]) {
		screen.take(input);
	}

	screen.refresh();
}

/**
Does what the draw says to a dashboard without a terminal; what is wrong with it, or undefined.
*/
export function tryScreen({preset, acts}: ScreenDraw): string | undefined {
	let now = 0;
	const clock = (): number => now;
	const loaded = sessionPreset(loadPreset(preset), preset);
	const session = new Session({
		preset: loaded,
		speed: parseSpeed('1:1000'),
		clock,
	});
	const subject = new RunSubject(
		{session, shelf: {...presetShelf('refuse'), save: nothing}, files: nowhere},
		new SnapshotMaker(session, {clock, columns: 1}),
	);
	const controller = new Controller(subject, {quit: nothing, suspend: nothing, redraw: nothing}, registryOf(views));
	let size: readonly [number, number] = [120, 36];
	const screen = new DeskScreen({
		controller,
		capabilities: {unicode: true, color: '256'},
		clock,
		size: {columns: size[0], rows: size[1]},
	});
	const decoder = new KeyDecoder();
	for (const act of acts) {
		if ('type' in act) {
			type(screen, decoder, act.type);
		} else if ('size' in act) {
			({size} = act);
			screen.resize({columns: size[0], rows: size[1]});
		} else {
			now += act.wait;
			subject.advance(act.wait, controller.held || screen.tooSmall);
			for (let round = 0; controller.working && round < 20; round++) {
				controller.work(2000);
			}

			screen.refresh();
		}

		const fault = frameFault(screen.frame, size[1]);
		if (fault !== undefined) {
			return fault;
		}
	}

	return undefined;
}

/** Reads a recording and types at its screen; what is wrong, or undefined. */
export async function tryRecording(bytes: Uint8Array, keys: string): Promise<string | undefined> {
	const recording = new Recording({name: 'drawn.txt', isLive: false, clock: () => 0});
	try {
		await recording.read(sourceOf(bytes));
	} catch (error) {
		if (error instanceof UserError) {
			return complaintFault(error.message, []);
		}

		throw error;
	}

	const controller = new Controller(
		new RecordingSubject({recording, clock: () => 0}),
		{quit: nothing, suspend: nothing, redraw: nothing},
		registryOf(views),
	);
	const screen = new DeskScreen({
		controller,
		capabilities: {unicode: true, color: 'none'},
		clock: () => 0,
		size: {columns: 120, rows: 36},
	});
	const decoder = new KeyDecoder();
	for (const key of keys) {
		type(screen, decoder, key);
		const fault = frameFault(screen.frame, 36);
		if (fault !== undefined) {
			return fault;
		}
	}

	return undefined;
}
