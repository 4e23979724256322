import {type ParameterValue} from '../../source/parameters/configuration.js';
import {UserError} from '../../source/errors/user-error.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf as configurationOfPreset} from '../../source/presets/preset.js';
import {type Adviser} from '../../source/session/adviser.js';
import {lessons} from '../../source/lessons/lessons.js';
import {registryOf} from '../../source/session/commands.js';
import {Controller} from '../../source/session/controller.js';
import {loadLaterParts} from '../../source/session/later-part.js';
import {forgetfulShelf} from '../../source/session/lesson/shelf.js';
import {type ExportFiles, type PresetShelf, type SessionPreset} from '../../source/session/preset-shelf.js';
import {type RunSnapshots, RunSubject} from '../../source/session/run-subject.js';
import {Session} from '../../source/session/session.js';
import {SnapshotMaker} from '../../source/session/snapshot-maker.js';
import {type Speed} from '../../source/session/speed.js';
import {type Subject} from '../../source/session/subject.js';
import {views} from '../../source/views/list.js';
import {client, configurationOf, constant, us} from '../helpers/model-configuration.js';

// What is drawn or pressed here may be in any of them.
await loadLaterParts();

/**
A preset with one closed client, which thinks 300 us between two commands,
plain costs, and what is given.
*/
export function smallPreset(name: string, given: Readonly<Record<string, ParameterValue>> = {}): SessionPreset {
	return {
		name,
		reference: name,
		title: `Title of ${name}`,
		theme: 'lock and kick',
		source: 'a test',
		story: 'One client sends a command, waits for its response, and sends the next.',
		try: ['driver.lockPolicy=kick-after-unlock', 'queue.size=1024'],
		configuration: configurationOf(given, [client({think: constant(300 * us)})]),
	};
}

/** A preset that ships, ready to run. */
export function shippedPreset(name: string): SessionPreset {
	const preset = loadPreset(name);
	return {...preset, reference: name, configuration: configurationOfPreset(preset)};
}

/** A session on a preset; without a clock no time passes on the wall. */
export function sessionOf(
	preset: SessionPreset,
	options: {
		readonly clock?: () => number;
		readonly speed?: Speed;
		readonly sets?: Readonly<Record<string, ParameterValue>>;
	} = {},
): Session {
	return new Session({preset, clock: () => 0, ...options});
}

/** Files that are kept in memory. */
export class MemoryFiles implements ExportFiles {
	readonly written = new Map<string, string>();

	refuse(path: string): void {
		if (this.written.has(path)) {
			throw new UserError(`choose another name: "${path}" is there already`);
		}
	}

	write(path: string, text: string): void {
		this.refuse(path);
		this.written.set(path, text);
	}
}

/** A shelf with three presets that remembers what was saved. */
export class MemoryShelf implements PresetShelf {
	readonly saved: string[] = [];

	list() {
		return ['first', 'second', 'third'].map(name => smallPreset(name));
	}

	load(name: string): SessionPreset {
		return smallPreset(name, {'queue.size': 128});
	}

	save(path: string): void {
		if (!path.endsWith('.json')) {
			throw new UserError(`${path}: a preset file ends in .json`);
		}

		this.saved.push(path);
	}
}

/** Every view over a subject, on no terminal: what it would be asked for is in `log`. */
export function deskOf(subject: Subject): {readonly controller: Controller; readonly log: readonly string[]} {
	const log: string[] = [];
	const controller = new Controller(
		subject,
		{
			quit() {
				log.push('quit');
			},
			suspend() {
				log.push('suspend');
			},
			redraw() {
				log.push('redraw');
			},
		},
		registryOf(views),
	);
	return {controller, log};
}

/** The same over a session. */
export function runDesk(
	session: Session,
	snapshots: RunSnapshots = new SnapshotMaker(session, {clock: () => 0, columns: 1}),
	adviser?: Adviser,
) {
	const shelf = new MemoryShelf();
	const files = new MemoryFiles();
	return {
		...deskOf(
			new RunSubject(
				{
					session,
					shelf,
					files,
					lessons: forgetfulShelf(lessons),
					...(adviser === undefined ? {} : {adviser}),
				},
				snapshots,
			),
		),
		session,
		shelf,
		files,
	};
}
