import {UserError} from '../errors/user-error.js';
import {formatDuration, parseDuration} from '../parameters/duration.js';
import {type Assertion, holdsOf, parseAssertion} from '../report/assertion.js';
import {type Controller} from './controller.js';
import {type Session} from './session.js';
import {type WindowTest} from './window-search.js';

/** A command of the palette that is followed by words. */
type Phrase = {
	readonly word: string;
	/** What it looks like with them. */
	readonly usage: string;
	readonly run: (controller: Controller, session: Session, words: string) => void;
};

function testOf(claim: Assertion): WindowTest {
	return (windows, index) => holdsOf(claim, windows.value(claim.path, index, index + 1));
}

const phrases: readonly Phrase[] = [
	{
		word: 'back',
		usage: 'back ring.numFree.min == 0',
		run(controller, session, words) {
			const end = session.back(testOf(parseAssertion(words)));
			controller.say(
				end === undefined
					? `it held in no window of ${formatDuration(session.window)} that is kept`
					: `it held last in the ${formatDuration(session.window)} before ${formatDuration(end)}; 0 is ` +
							'the present',
			);
		},
	},
	{
		word: 'forward',
		usage: 'forward lock.spin.worker > 100',
		run(controller, session, words) {
			session.forward(testOf(parseAssertion(words)));
			controller.say('searching: Esc gives up');
		},
	},
	{
		word: 'goto',
		usage: 'goto 460ms',
		run(_, session, words) {
			session.look(parseDuration(words));
		},
	},
];

/**
Does what a text of the palette says when it begins with one of the words above. Throws `UserError`.
*/
export function runPhrase(controller: Controller, text: string): boolean {
	const [word, ...words] = text.trim().split(/\s+/v);
	const phrase = phrases.find(candidate => candidate.word === word);
	const session = controller.subject.run?.session;
	if (phrase === undefined || session === undefined) {
		return false;
	}

	if (words.length === 0) {
		throw new UserError(`${word} needs more, as in: ${phrase.usage}`);
	}

	phrase.run(controller, session, words.join(' '));
	return true;
}
