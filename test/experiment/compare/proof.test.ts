import {expect, test} from 'vitest';
import {type Pair, type PairTask, type Replication} from '../../../source/experiment/compare/figures.js';
import {parseGate} from '../../../source/experiment/compare/gate.js';
import {type GateProof, proveGate} from '../../../source/experiment/compare/proof.js';
import {loadPreset} from '../../../source/presets/load-preset.js';
import {configurationOf} from '../../../source/presets/preset.js';
import {type Configuration} from '../../../source/simulation/configuration.js';

const base = configurationOf(loadPreset('seed-2019-kick-under-lock'));
const gate = parseGate('latency.mean > +5%');

/** A run whose latency is longer with any longer time, and noisy where clients are renamed. */
function fakeRun(side: Configuration, seed: number, noise: number): Replication {
	const isLonger = JSON.stringify(side.parameters) !== JSON.stringify(base.parameters);
	const isRenamed = side.clients[0].name !== base.clients[0].name;
	const latency = 100 + (isLonger ? 20 : 0) + (isRenamed ? noise * ((seed % 3) - 1) : 0);
	return {
		figures: {'latency.mean': latency},
		eventHash: '',
		events: 1,
		stall: null,
		whole: true,
	};
}

async function proofWith(noise: number, undecidedFails: boolean): Promise<GateProof | undefined> {
	const make = async (tasks: readonly PairTask[]): Promise<readonly Pair[]> =>
		tasks.map(({sides: [a, b], seed}) => ({
			seed,
			sides: [a === null ? null : fakeRun(a, seed, noise), b === null ? null : fakeRun(b, seed, noise)],
		}));
	return proveGate(gate, make, {
		configuration: base,
		seed: 1,
		length: {warmup: 0, duration: 1_000_000},
		budget: 1e6,
		rule: {
			precision: null,
			runs: 6,
			watched: ['latency.mean'],
			confidence: 0.95,
			margins: new Map(),
		},
		undecidedFails,
	});
}

test('a gate that fails on a longer time and passes equal settings is proved', async () => {
	expect(await proofWith(1, true)).toMatchObject({planted: 'fails', equal: 'passes', fault: null});
});

test('undecided on equal settings is no proof where undecided closes the gate', async () => {
	const strict = await proofWith(8, true);
	expect(strict).toMatchObject({planted: 'fails', equal: 'undecided'});
	expect(strict?.fault).toMatch(/undecided on equal settings, which closes it: .*--undecided pass$/v);
	expect(await proofWith(8, false)).toMatchObject({equal: 'undecided', fault: null});
});
