import process from 'node:process';
import {renamed} from '../source/experiment/compare/planted.js';
import {sliceLength} from '../source/experiment/watch/slice.js';
import {parseDistribution} from '../source/parameters/distribution-text.js';
import {loadPreset} from '../source/presets/load-preset.js';
import {configurationOf} from '../source/presets/preset.js';
import {ChangeLog} from '../source/session/before/change-log.js';
import {type SessionRun} from '../source/session/kept-run.js';
import {startRun} from '../source/session/live-run.js';
import {Lockstep} from '../source/session/lockstep.js';
import {Script} from '../source/session/script.js';
import {type Configuration} from '../source/simulation/configuration.js';

/**
Watches pairs of runs that are equal in law (the same settings, a client renamed, so that its random
numbers are others), looks after every slice, and counts the pairs of which any metric ever says
better or worse.

	npx tsx scripts/watch-score.ts [PAIRS] [SECONDS] [THINK]
*/
const [pairsText = '100', secondsText = '60', think = 'exp(3ms)'] = process.argv.slice(2);
const [pairs, seconds] = [Number(pairsText), Number(secondsText)];
const name = 'seed-2019-kick-under-lock';
const window = 1_000_000;
const preset = loadPreset(name);
const usual = configurationOf(preset);
const thought = parseDistribution(think);
const configuration: Configuration = {
	...usual,
	clients: usual.clients.map(client => ({...client, think: thought})),
};

function begin(start: Configuration, seed: number): SessionRun {
	return {
		...startRun(start, seed, window),
		preset: {...preset, reference: name, configuration: start},
		start,
		measuredFrom: 0,
		warm: true,
		log: new ChangeLog(),
		script: new Script(),
	};
}

let wrong = 0;
let slices = 0;
const words = new Map<string, number>();
for (let seed = 1; seed <= pairs; seed++) {
	const slice = sliceLength({configuration, commandsPerSecond: 330, speed: 0.1, window});
	const lockstep = new Lockstep({
		a: begin(configuration, seed),
		b: begin(renamed(configuration), seed),
		start: 0,
		slice,
		words: '',
	});
	let isWrong = false;
	for (let time = slice; time <= seconds * 1e9 && !isWrong; time += slice) {
		lockstep.runUntil(time, Infinity);
		for (const {path, verdict} of lockstep.watch.rows) {
			if (verdict === 'better' || verdict === 'worse') {
				isWrong = true;
				words.set(path, (words.get(path) ?? 0) + 1);
			}
		}
	}

	slices += lockstep.watch.slices;
	wrong += isWrong ? 1 : 0;
}

const blamed = [...words].map(([path, count]) => `${path} ${count}`).join(', ');
console.log(
	`${pairs} pairs of ${seconds} s, ${(slices / pairs).toFixed(0)} slices each, looked at after every slice: ` +
		`${wrong} said better or worse${wrong === 0 ? '' : ` (${blamed})`}`,
);
