import {expect, test} from 'vitest';
import {loadPreset} from '../../source/presets/load-preset.js';

test('spin-on-one-cpu is the guest of the testbed on one host CPU: npx tsx scripts/one-cpu.ts', () => {
	const {given} = loadPreset('testbed');
	expect(loadPreset('spin-on-one-cpu').given).toEqual({...given, 'driver.roomRule': 'check-first', 'host.cpus': 1});
});
