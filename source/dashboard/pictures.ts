import {setImmediate as nextTurn} from 'node:timers/promises';
import {UserError} from '../errors/user-error.js';
import {type Change, type ParameterValue} from '../parameters/configuration.js';
import {lessons} from '../lessons/lessons.js';
import {type Preset} from '../presets/preset.js';
import {type ExportFiles, type PresetShelf} from '../session/preset-shelf.js';
import {loadLaterParts} from '../session/later-part.js';
import {forgetfulShelf} from '../session/lesson/shelf.js';
import {type ThemeName} from '../session/interface-state.js';
import {type Adviser} from '../session/adviser.js';
import {RecordingSubject} from '../session/recording/recording-subject.js';
import {RunSubject} from '../session/run-subject.js';
import {Session} from '../session/session.js';
import {SnapshotMaker} from '../session/snapshot-maker.js';
import {type Speed} from '../session/speed.js';
import {type Progress} from '../terminal/progress-line.js';
import {type Size} from '../terminal/size.js';
import {presetShelf, sessionPreset} from './preset-shelf.js';
import {readRecordingFile, type RecordedFile} from './read-recording.js';
import {StillClock, StillDesk} from './still-desk.js';
import {writtenPicture} from './written-picture.js';

/** Events between two looks at whether to stop. */
const slice = 200_000;

/** Simulated time between two looks for a stall, ns. */
const stallPeriod = 10_000_000;

/** How a screen is written. */
export type PictureFormat = 'text' | 'ansi' | 'svg';

/** How a screen is to look, checked. */
export type PictureOptions = {
	readonly format: PictureFormat;
	/** Of the terminal; the screen has a row less. */
	readonly size: Size;
	readonly theme: ThemeName;
	readonly colored: boolean;
	readonly ascii: boolean;
	/** Pressed one after the other, by their names. */
	readonly keys: readonly string[];
	/** Where the subject's time is to stand, ns; undefined: at its end. */
	readonly at: number | undefined;
};

/** What is run for a picture. Times in ns. */
export type PicturedRun = {
	readonly preset: Preset;
	/** What the user called it. */
	readonly reference: string;
	readonly sets: Readonly<Record<string, ParameterValue>>;
	/** By time, all before `end`. */
	readonly changes: readonly Change[];
	readonly end: number;
	/** Events at most. */
	readonly budget: number;
	readonly speed: Speed;
	/** Ends it early. */
	readonly isStopped: () => boolean;
	readonly progress: Progress;
	readonly adviser: Adviser;
};

/** What is shown depends on nothing that the user has: a picture writes no files. */
function writeNothing(): never {
	throw new UserError('a snapshot saves nothing');
}

const files: ExportFiles = {refuse: writeNothing, write: writeNothing};

/** A desk over a run that has come to its end, or to a stall, the budget or a stop before it. */
export async function runDesk(run: PicturedRun, {size, ascii, theme}: PictureOptions): Promise<StillDesk> {
	const {preset, reference, sets, changes, end, budget, speed, progress} = run;
	await loadLaterParts();
	const clock = new StillClock();
	const session = new Session({preset: sessionPreset(preset, reference), clock: clock.read, sets, speed});
	const shelf: PresetShelf = {...presetShelf('refuse'), save: writeNothing};
	const subject = new RunSubject(
		{session, shelf, files, adviser: run.adviser, lessons: forgetfulShelf(lessons)},
		new SnapshotMaker(session, {clock: clock.read, columns: 1}),
	);
	const desk = new StillDesk({subject, clock, size, ascii, theme});
	const isOver = (): boolean =>
		run.isStopped() || session.events >= budget || session.run.simulation.stall() !== null;
	const runTo = async (time: number): Promise<void> => {
		while (session.now < time && !isOver()) {
			const next = Math.min(time, (Math.floor(session.now / stallPeriod) + 1) * stallPeriod);
			while (!session.advanceTo(next, Math.min(slice, budget - session.events)) && !isOver()) {
				progress.show('run', session.now / end);
				await nextTurn(); // eslint-disable-line no-await-in-loop -- signals are heard between two slices
			}
		}
	};

	for (const change of changes) {
		await runTo(change.at); // eslint-disable-line no-await-in-loop -- one run
		if (session.now < change.at) {
			break;
		}

		desk.settle();
		session.change(change.set);
	}

	await runTo(end);
	desk.settle();
	return desk;
}

/** A desk over a recorded file. Throws `UserError` for what is no recording of a guest. */
export async function recordingDesk(
	file: RecordedFile,
	{at, size, ascii, theme}: PictureOptions,
	progress: Progress,
): Promise<StillDesk> {
	await loadLaterParts();
	const clock = new StillClock();
	const parts = await readRecordingFile(file, clock.read, progress);
	const subject = new RecordingSubject({...parts, clock: clock.read, file: file.trace});
	const desk = new StillDesk({subject, clock, size, ascii, theme});
	if (at !== undefined) {
		const {column} = desk.controller.state;
		desk.controller.update({end: Math.ceil((subject.start + at) / column)});
	}

	return desk;
}

/** Presses the keys and draws what is there then. */
export function pictureOf(desk: StillDesk, {format, theme, colored, keys}: PictureOptions): string {
	const {controller} = desk;
	for (const key of keys) {
		controller.press(key);
	}

	return writtenPicture(desk.draw(), {
		format,
		theme,
		colored,
		title: `vqlab ${controller.view.title}: ${controller.subject.name}`,
	});
}
