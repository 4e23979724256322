import {expect, test} from 'vitest';
import {gobench} from '../../source/report/gobench.js';
import {readGoBenchmark} from '../helpers/go-benchmark.js';

test('what is written is read as it was: configuration, labels, values; null is left out', () => {
	const text = gobench('compositor-60hz', {vqlab: '1.0.0', simulated: '0.1s'}, [
		{labels: {side: 'a'}, runs: [{'latency.mean': 1.5e-7, 'latency.p99': null}, {'latency.mean': 2}]},
		{labels: {side: 'b', 'host.load': '2'}, runs: [{'frames.a b.time.mean': 1e21}]},
	]);
	const [first, second, third] = readGoBenchmark(text);
	expect(first).toEqual({
		configuration: new Map([
			['vqlab', '1.0.0'],
			['simulated', '0.1s'],
		]),
		name: 'BenchmarkCompositor-60hz/side=a',
		labels: new Map([['side', 'a']]),
		iterations: 1,
		values: new Map([['latency.mean', 1.5e-7]]),
	});
	expect(second.values.get('latency.mean')).toBe(2);
	expect([...third.labels]).toEqual([
		['side', 'b'],
		['host.load', '2'],
	]);
	expect([...third.values]).toEqual([['frames.a_b.time.mean', 1e21]]);
});

test('names that Go would read otherwise', () => {
	const names = ['6.12-guest', 'guest-120', 'my guest', 'a/b'].map(
		preset => readGoBenchmark(gobench(preset, {}, [{labels: {}, runs: [{'latency.mean': 1}]}]))[0].name,
	);
	expect(names).toEqual(['BenchmarkPreset_6.12-guest', 'BenchmarkGuest_120', 'BenchmarkMy_guest', 'BenchmarkA_b']);
});

test('the reader refuses what is no such format', () => {
	expect(() => readGoBenchmark('Benchmarkseed 1 2 us')).toThrow(/no name/v);
	expect(() => readGoBenchmark('BenchmarkSeed-8 1 2 us')).toThrow(/GOMAXPROCS/v);
	expect(() => readGoBenchmark('BenchmarkSeed 1 2')).toThrow(/pairs of value/v);
	expect(() => readGoBenchmark('BenchmarkSeed 1 NaN us')).toThrow(/no number/v);
	expect(() => readGoBenchmark('Version: 1')).toThrow(/neither/v);
});
