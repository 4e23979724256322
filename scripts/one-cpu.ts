import {writeFileSync} from 'node:fs';
import {loadPreset} from '../source/presets/load-preset.js';
import {presetText} from '../source/presets/preset-text.js';

/**
Gives `spin-on-one-cpu` the constants of `testbed`, whose guest it is, after a fit has moved them:

	npx tsx scripts/one-cpu.ts
*/
const name = 'spin-on-one-cpu';
const preset = loadPreset(name);
const {given} = loadPreset('testbed');
writeFileSync(
	new URL(`../presets/${name}.json`, import.meta.url),
	presetText({
		...preset,
		given: {...given, 'driver.roomRule': 'check-first', 'host.cpus': 1},
	}),
);
