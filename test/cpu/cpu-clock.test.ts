import {expect, test} from 'vitest';
import {us, Workbench} from './workbench.js';

type Eviction = readonly [time: number, full: number, lost: number];

/** When each of the segments of 50 us ends on a CPU whose caches are lost at these times. */
function endsOf(evictions: readonly Eviction[], frozen: readonly [number, number] = [0, 0]): readonly number[] {
	const bench = new Workbench({threads: [{}]});
	const [cpu] = bench.set.cpus;
	const ends: number[] = [];
	bench.next[0] = thread => {
		ends.push(bench.loop.now / us);
		bench.run(thread, 50 * us);
	};

	bench.wake(0, 50 * us);
	for (const [time, full, lost] of evictions) {
		bench.at(time * us, () => {
			bench.set.evict(cpu, full * us, lost);
		});
	}

	if (frozen[0] > 0) {
		bench.at(frozen[0] * us, () => {
			bench.set.freeze(cpu);
		});
		bench.at(frozen[1] * us, () => {
			bench.set.thaw(cpu);
		});
	}

	bench.runThrough(200 * us);
	return ends;
}

test.each([
	['warm caches cost nothing', [], [50, 100, 150, 200]],
	['what is lost is made good once', [[10, 20, 1]], [70, 120, 170]],
	['of what is lost by half, half', [[10, 20, 0.5]], [60, 110, 160]],
	['what one segment does not make good is left to the next', [[10, 60, 1]], [90, 160]],
	[
		'caches that are empty lose nothing more',
		[
			[10, 20, 1],
			[10, 20, 1],
		],
		[70, 120, 170],
	],
	[
		'caches that are half full lose what is in them',
		[
			[10, 20, 1],
			[30, 20, 0.5],
		],
		[75, 125, 175],
	],
] as Array<[string, Eviction[], number[]]>)('%s', (_, evictions, expected) => {
	expect(endsOf(evictions)).toEqual(expected);
});

test('a CPU that stands still warms no caches', () => {
	expect(endsOf([[10, 20, 1]], [20, 60])).toEqual([110, 160]);
	expect(endsOf([[30, 20, 1]], [20, 60])).toEqual([110, 160]);
});
