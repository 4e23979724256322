import {beforeAll, expect, test} from 'vitest';
import {StillClock, StillDesk} from '../../source/dashboard/still-desk.js';
import {themeOf} from '../../source/dashboard/theme.js';
import {RunSubject} from '../../source/session/run-subject.js';
import {SnapshotMaker} from '../../source/session/snapshot-maker.js';
import {MemoryFiles, MemoryShelf, sessionOf, shippedPreset} from '../session/small-run.js';
import {cutLabels, hashesOf, names, sizes} from './view-hashes.js';

/** Simulated time of the pictures, ns: some frames of a display. */
const at = 300_000_000;

type Open = {readonly subject: RunSubject; readonly clock: StillClock};

const runs = new Map<string, Open>();

/** One run a preset serves all its pictures. */
function opened(name: string): Open {
	const known = runs.get(name);
	if (known !== undefined) {
		return known;
	}

	const clock = new StillClock();
	const session = sessionOf(shippedPreset(name), {clock: clock.read, speed: 1 / 10});
	const subject = new RunSubject(
		{session, shelf: new MemoryShelf(), files: new MemoryFiles()},
		new SnapshotMaker(session, {clock: clock.read, columns: 1}),
	);
	for (let time = 10_000_000; time <= at && session.run.simulation.stall() === null; time += 10_000_000) {
		session.advanceTo(time);
	}

	runs.set(name, {subject, clock});
	return {subject, clock};
}

beforeAll(() => {
	for (const name of names) {
		const {subject, clock} = opened(name);
		new StillDesk({subject, clock, size: {columns: 120, rows: 36}, ascii: false, theme: 'night'}).settle();
	}
}, 240_000);

test.each(names.flatMap(name => sizes.map(([columns, rows]) => [name, columns, rows] as const)))(
	'%s at %ix%i is what it was, in both character sets, with colour and without',
	(name, columns, rows) => {
		const desk = (ascii: boolean) =>
			new StillDesk({...opened(name), size: {columns, rows}, ascii, theme: 'night'}).draw();
		const unicode = desk(false);
		const ascii = desk(true);
		expect(
			unicode
				.text()
				.map(row => row.trimEnd())
				.join('\n'),
		).toMatchSnapshot();
		expect(cutLabels(unicode.text())).toEqual([]);
		const text = ascii.text();
		expect(text.join('\n')).toMatch(/^[\n -~]*$/v);
		// The dense charts of the largest screens are lines in ASCII.
		if (columns < 170) {
			expect(text.map(row => row.trimEnd().length)).toEqual(unicode.text().map(row => row.trimEnd().length));
		}

		const painted = unicode.paint(themeOf('night', 'truecolor'));
		// eslint-disable-next-line no-control-regex -- the sequences that are taken away
		expect(painted.map(row => row.replaceAll(/\u001B\[[\d;]*m/gv, ''))).toEqual(unicode.text());
		for (const row of [...unicode.text(), ...text]) {
			expect(row).toHaveLength(columns);
		}
	},
);

/**
Of the other views that show a run by themselves; the two that wait for others are in
six-presets-sides.
*/
const otherViews = ['ring', 'timeline', 'latency'] as const;

test.each(names.flatMap(name => otherViews.map(view => [name, view] as const)))(
	'%s: the view %s is what it was at every size, in both character sets, with colour and without',
	(name, view) => {
		expect(hashesOf(opened(name), view)).toMatchSnapshot();
	},
);
