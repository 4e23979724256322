import {expect, test} from 'vitest';
import {UserError} from '../../source/errors/user-error.js';
import {exportFormats} from '../../source/export/formats.js';
import {gpu} from '../../source/devices/gpu/profile.js';
import {profileOf} from '../../source/simulation/devices.js';
import {listPresets} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {complaintsAbout, readChromeTrace} from './chrome-nesting.js';
import {exported} from './export-run.js';

const moment = ['duration=3ms', 'warmup=2ms'];

async function attempt(preset: string, format: string): Promise<string | UserError> {
	try {
		return await exported(preset, format, moment);
	} catch (error) {
		if (error instanceof UserError) {
			return error;
		}

		throw error;
	}
}

test.each(exportFormats.map(({id}) => [id]))('--to %s of every preset is whole, or refused in a line', async format => {
	const wrong: string[] = [];
	for (const preset of listPresets()) {
		const found = await attempt(preset.name, format); // eslint-disable-line no-await-in-loop -- one after the other
		const isGpu = profileOf(configurationOf(preset).parameters['device.kind']) === gpu;
		if (found instanceof UserError) {
			// What has no words for a device or a VMM says so.
			if (
				!['device.kind=pmem', 'host.backend=qemu'].some(words => found.message.includes(words)) ||
				found.message.includes('\n') ||
				(isGpu && found.message.includes('device.kind'))
			) {
				wrong.push(`${preset.name}: ${found.message}`);
			}
		} else if (/\bundefined\b|\bNaN\b/v.test(found)) {
			wrong.push(`${preset.name}: undefined or NaN`);
		} else if (format === 'perfetto') {
			wrong.push(
				...complaintsAbout(readChromeTrace(found))
					.slice(0, 2)
					.map(complaint => `${preset.name}: ${complaint}`),
			);
		}
	}

	expect(wrong).toEqual([]);
});
