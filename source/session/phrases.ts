import {formatDuration as shownDuration, formatTime} from '../charts/format-number.js';
import {UserError} from '../errors/user-error.js';
import {formatDuration, parseDuration} from '../parameters/duration.js';
import {parseSettings} from '../simulation/parameters/parse-set.js';
import {type Assertion, holdsOf, parseAssertion} from '../report/assertion.js';
import {type Controller} from './controller.js';
import {type ListOrder, listOrders} from './parameter-list.js';
import {saveRun} from './save-run.js';
import {type Session} from './session.js';
import {parseSpeed} from './speed.js';
import {type WindowTest} from './window-search.js';

/** A command of the palette that is followed by words. */
export type Phrase = {
	readonly word: string;
	/** What it looks like with them. */
	readonly usage: string;
	readonly about: string;
	/** The word alone is a mistake: commands begin with it that are something else. */
	readonly isHalf?: true;
	readonly run: (controller: Controller, session: Session, words: string) => void;
};

function testOf(claim: Assertion): WindowTest {
	return (windows, index) => holdsOf(claim, windows.value(claim.path, index, index + 1));
}

const usage = 'a change is planned as in: at 2s host.stall=50ms';

const orderWords: Readonly<Record<ListOrder, string>> = {
	effect: 'parameters: what acts on the verdict first, the rest by group',
	name: 'parameters by name',
	table: 'parameters group by group',
};

export const phrases: readonly Phrase[] = [
	{
		word: 'back',
		usage: 'back ring.numFree.min == 0',
		about: 'looks at the last time that it held',
		isHalf: true,
		run(controller, session, words) {
			const end = session.back(testOf(parseAssertion(words)));
			controller.say(
				end === undefined
					? `it held in no window of ${formatDuration(session.window)} that is kept`
					: `it held last in the ${shownDuration(session.window)} before ${formatTime(end)}; 0 is the present`,
			);
		},
	},
	{
		word: 'forward',
		usage: 'forward lock.spin.worker > 100',
		about: 'runs until it holds',
		isHalf: true,
		run(controller, session, words) {
			session.forward(testOf(parseAssertion(words)));
			controller.say('searching: Esc gives up');
		},
	},
	{
		word: 'at',
		usage: 'at 2s host.stall=50ms',
		about: 'plans a change; at 2s nothing takes it away',
		run(controller, session, words) {
			const [, time, what] = /^(\S+)(?:\s+(\S.*))?$/v.exec(words) ?? [];
			const at = parseDuration(time ?? '');
			if (what === undefined || what === 'nothing') {
				controller.say(
					session.unplan(at)
						? `${formatDuration(at)}: nothing is planned any more`
						: `nothing is planned for ${formatDuration(at)}; ${usage}`,
				);
				return;
			}

			// `key value` is understood as it is where a parameter is set at once.
			session.plan({at, set: parseSettings(what.includes('=') ? what : what.replace(/\s+/v, '='))});
			controller.say(`planned for ${formatDuration(at)}; : at ${formatDuration(at)} nothing takes it away`);
		},
	},
	{
		word: 'goto',
		usage: 'goto 460ms',
		about: 'looks at a time of the run',
		run(_, session, words) {
			session.look(parseDuration(words));
		},
	},
	{
		word: 'sort',
		usage: 'sort by name',
		about: `parameters: by ${listOrders.join(', ')}`,
		run(controller, _, words) {
			const [, wanted = ''] = /^(?:parameters\s+)?(?:by\s+)?(\w+)$/v.exec(words) ?? [];
			const order = listOrders.find(one => one === wanted);
			if (order === undefined) {
				throw new UserError(
					`sort by what? Write one of: ${listOrders.map(one => `sort by ${one}`).join(', ')}`,
				);
			}

			controller.update({order});
			controller.say(orderWords[order]);
		},
	},
	{
		word: 'speed',
		usage: 'speed 1:1000',
		about: 'simulated to wall time, or max',
		run(_, session, words) {
			session.setSpeed(parseSpeed(words));
		},
	},
	{
		word: 'save',
		usage: 'save mine.session.json',
		about: 'the run; without .session its parameters, as a preset',
		run(controller, _, words) {
			const {run} = controller.subject;
			if (run !== undefined) {
				saveRun(controller, run, words);
			}
		},
	},
];

/** The phrase that a text begins with. */
export function phraseOf(text: string): Phrase | undefined {
	const [word] = text.trim().split(/\s+/v);
	return phrases.find(candidate => candidate.word === word);
}

/**
Does what a text of the palette says when it begins with one of the words above and goes on; false
when it does not. Throws `UserError`.
*/
export function runPhrase(controller: Controller, text: string): boolean {
	const [, ...words] = text.trim().split(/\s+/v);
	const phrase = phraseOf(text);
	const session = controller.subject.run?.session;
	if (phrase === undefined || session === undefined) {
		return false;
	}

	if (words.length === 0) {
		if (phrase.isHalf === true) {
			throw new UserError(`${phrase.word} needs more, as in: ${phrase.usage}`);
		}

		return false;
	}

	phrase.run(controller, session, words.join(' '));
	return true;
}
