import {expect, test} from 'vitest';
import {ChoicePoints, scriptedChooser} from '../../source/engine/choice-points.js';
import {EventLoop} from '../../source/engine/event-loop.js';
import {randomChooser} from '../../source/engine/random-chooser.js';
import {stateFingerprint} from '../../source/engine/state-fingerprint.js';
import {stateEssence} from '../../source/engine/state-image.js';

/**
Three events at 10 ns, armed in the order of their actors, and one at 20
ns; the order in which they fire.
*/
function fired(answers: readonly number[]): {readonly order: number[]; readonly loop: EventLoop} {
	const loop = new EventLoop();
	const order: number[] = [];
	for (let actor = 0; actor < 4; actor++) {
		loop.after(loop.addTimer(0, actor), actor < 3 ? 10 : 20);
	}

	loop.choices.chooser = scriptedChooser(answers);
	loop.runUntil(30, Infinity, {
		fire(_kind, actor) {
			order.push(actor);
		},
	});
	return {order, loop};
}

test('events at one time fire in the order that is chosen, those of another time in theirs', () => {
	expect(fired([]).order).toEqual([0, 1, 2, 3]);
	expect(fired([2, 0]).order).toEqual([2, 0, 1, 3]);
	expect(fired([1, 1]).order).toEqual([1, 2, 0, 3]);
	expect(fired([2, 1]).order).toEqual([2, 1, 0, 3]);
});

test('a budget that is used up asks nothing', () => {
	const {loop} = fired([]);
	let asked = 0;
	loop.after(loop.addTimer(0, 4), 5);
	loop.after(loop.addTimer(0, 5), 5);
	loop.choices.chooser = () => {
		asked++;
		return 0;
	};

	const handler = {
		fire(): void {
			asked++;
		},
	};
	expect(loop.runUntil(50, 0, handler)).toBe(false);
	expect(asked).toBe(0);
});

test('who chooses is asked only what is open, and knows what the rule says', () => {
	const choices = new ChoicePoints();
	expect(choices.choose('newidle', 2, 1)).toBe(1);
	choices.chooser = () => 0;
	expect(choices.choose('newidle', 2, 1)).toBe(0);
	expect(choices.choose('first', 1, 0)).toBe(0);
	choices.chooser = (_kind, _count, usual) => usual;
	expect(choices.choose('handover', 3, 2)).toBe(2);
});

test('the same seed chooses the same, and everything is chosen some time', () => {
	const [a, b] = [randomChooser(7), randomChooser(7)];
	const answers = Array.from({length: 60}, () => a('first', 3, 0));
	expect(Array.from({length: 60}, () => b('first', 3, 0))).toEqual(answers);
	expect(new Set(answers)).toEqual(new Set([0, 1, 2]));
});

test('the fingerprint of a state knows what is to come and not what was', () => {
	const fingerprint = (loop: EventLoop): string => stateFingerprint(stateEssence({loop}));
	const [forwards, backwards] = [fired([]).loop, fired([2, 1]).loop];
	expect(forwards.hash.digits()).not.toBe(backwards.hash.digits());
	expect(fingerprint(forwards)).toBe(fingerprint(backwards));
	const timer = forwards.addTimer(1, 0);
	backwards.addTimer(1, 0);
	forwards.after(timer, 5);
	expect(fingerprint(forwards)).not.toBe(fingerprint(backwards));
	backwards.after(timer, 5);
	expect(fingerprint(forwards)).toBe(fingerprint(backwards));
	backwards.after(timer, 6);
	expect(fingerprint(forwards)).not.toBe(fingerprint(backwards));
});
