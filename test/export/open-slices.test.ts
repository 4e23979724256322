import {expect, test} from 'vitest';
import {OpenSlices} from '../../source/export/open-slices.js';

/** What is under way, as [point, time] in the order of its beginning. */
function under(slices: OpenSlices): ReadonlyArray<readonly [number, number]> {
	const told: Array<readonly [number, number]> = [];
	slices.tell({
		observe(point, time) {
			told.push([point, time]);
		},
	});
	return told;
}

test('ending something ends what was begun inside it, and nothing of another lane', () => {
	const slices = new OpenSlices(2);
	slices.begin(0, 1, 11, 100, 0, 0, 0);
	slices.begin(0, 2, 12, 200, 0, 0, 0);
	slices.begin(0, 3, 13, 300, 0, 0, 0);
	slices.begin(1, 2, 14, 400, 0, 0, 0);
	slices.end(0, 2);
	expect(under(slices)).toEqual([[11, 100], [14, 400]]);
	slices.end(0, 9);
	slices.endAll(1);
	expect(under(slices)).toEqual([[11, 100]]);
});

test('a checkpoint keeps what was under way, whatever goes on', () => {
	const slices = new OpenSlices(1);
	slices.begin(0, 1, 11, 100, 0, 0, 0);
	slices.begin(0, 2, 12, 200, 0, 0, 0);
	const image = slices.image();
	slices.endAll(0);
	slices.begin(0, 3, 13, 300, 0, 0, 0);
	expect(under(slices)).toEqual([[13, 300]]);
	for (let i = 0; i < 2; i++) {
		slices.restore(image);
		expect(under(slices)).toEqual([[11, 100], [12, 200]]);
		slices.end(0, 1);
		slices.begin(0, 4, 14, 400, 0, 0, 0);
	}
});
