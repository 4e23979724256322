import {expect, test} from 'vitest';
import {Recording} from '../../../source/session/recording/recording.js';
import {fixtureText} from '../../trace/trace-lines.js';

test('it was heard last when the last bytes with an event came', async () => {
	let now = 0;
	const recording = new Recording({name: 'a stream', isLive: true, clock: () => now});
	const lines = fixtureText('base_flood1_p2.guest').split(/(?<=\n)/v);
	const heard: number[] = [];
	const chunks = async function* (): AsyncGenerator<Uint8Array> {
		for (const [at, text] of [
			[1000, lines.slice(0, 400).join('')],
			[2000, lines.slice(400).join('')],
			[3000, '# a comment\n'],
			[4000, '\n'],
		] as const) {
			now = at;
			yield new TextEncoder().encode(text);
			heard.push(recording.heardAt);
		}
	};

	await recording.read({name: 'a stream', size: null, chunks: chunks()});
	expect(heard).toEqual([1000, 2000, 2000, 2000]);
	expect(recording.events).toBe(1748);
});
