import {UserError} from '../errors/user-error.js';
import {givenPreset} from '../presets/load-preset.js';
import {type HeadStarts, sessionAhead} from '../session/run-ahead.js';
import {readSession} from '../session/saved-session.js';
import {Session} from '../session/session.js';
import {parseSpeed} from '../session/speed.js';
import {parseChange, parseSets} from '../simulation/parameters/parse-set.js';
import {sessionPreset} from './preset-shelf.js';

/** What a session is opened with, values as they were written. */
export type SessionWords = {
	/** A preset, or a saved session. */
	readonly reference: string;
	/** `key=value` each. */
	readonly set: readonly string[];
	/** `500ms key=value` each: planned. */
	readonly change: readonly string[];
	readonly speed: string | undefined;
};

/**
The session of a command line, as its first frame shows it. Throws `UserError` for what the words
have wrong.
*/
export function openSession(
	{reference, set, change, speed: written}: SessionWords,
	clock: () => number,
	starts: HeadStarts,
): Session {
	const speed = written === undefined ? undefined : parseSpeed(written);
	const sets = parseSets(set);
	const changes = change.map(text => parseChange(text));
	const saved = reference.endsWith('.json') ? readSession(reference) : undefined;
	if (saved !== undefined && set.length > 0) {
		throw new UserError(`${reference} is a saved session: --set would make it another; change it there`);
	}

	const preset = sessionPreset(saved === undefined ? givenPreset(reference) : saved.preset, reference);

	const open = (): Session => {
		const session = new Session({preset, sets, ...(speed === undefined ? {} : {speed}), clock});
		if (saved !== undefined) {
			session.restore(saved);
		}

		for (const each of changes) {
			session.plan(each);
		}

		return session;
	};

	return saved === undefined ? sessionAhead(open, clock, starts) : open();
}
