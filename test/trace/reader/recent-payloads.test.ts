import {expect, test} from 'vitest';
import {type Payload} from '../../../source/trace/reader/trace-event.js';
import {RecentPayloads} from '../../../source/trace/reader/recent-payloads.js';
import {TraceReader} from '../../../source/trace/reader/trace-reader.js';
import {eventOf, fixtureText} from '../trace-lines.js';

const encoder = new TextEncoder();

/** Counts what had to be read. */
function counting(): {readonly asked: string[]; readonly of: (text: string) => Payload | undefined} {
	const asked: string[] = [];
	const recent = new RecentPayloads((bytes, start, end) => {
		const event = new TextDecoder().decode(bytes.subarray(start, end));
		asked.push(event);
		return event === 'bad' ? undefined : {name: 'other', event};
	});
	return {
		asked,
		of(text) {
			const bytes = encoder.encode(`(${text})`);
			return recent.payload(bytes, 1, bytes.length - 1);
		},
	};
}

test('what comes again is not read again, and is the same', () => {
	const {asked, of} = counting();
	const first = of('a');
	expect(of('a')).toBe(first);
	expect(['b', 'ab', 'a', 'b', 'bad', 'bad'].map(text => of(text)?.name)).toEqual([
		'other',
		'other',
		'other',
		'other',
		undefined,
		undefined,
	]);
	expect(of('ab')).toEqual({name: 'other', event: 'ab'});
	expect(asked).toEqual(['a', 'b', 'ab', 'bad', 'bad']);
});

test('payloads with numbers of their own are read each, and right', () => {
	const {asked, of} = counting();
	const texts = Array.from({length: 1000}, (_, index) => `seqno=${index}`);
	expect(texts.map(text => of(text))).toEqual(texts.map(event => ({name: 'other', event})));
	of('same');
	of('same');
	expect(asked.slice(-2)).toEqual(['same', 'same']);
});

test.each(['base_paced_p0.guest', 'base_flood1_p2.host'])('%s: a line says the same alone as among all', name => {
	const reader = new TraceReader();
	const lines = fixtureText(name).split('\n').slice(0, 900);
	const events = lines.map(line => reader.readText(line));
	// Making a reader costs more than reading.
	for (const [index, line] of lines.slice(-100).entries()) {
		const event = events[events.length - 100 + index];
		const alone = eventOf(line);
		expect(event === null ? null : {...event, time: 0}).toEqual(alone === null ? null : {...alone, time: 0});
	}
});
