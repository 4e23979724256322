import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {headStartBytes, headStartName} from '../source/dashboard/head-starts.js';
import {sessionPreset} from '../source/dashboard/preset-shelf.js';
import {defaultPreset} from '../source/dashboard/start.js';
import {loadPreset} from '../source/presets/load-preset.js';
import {runAhead} from '../source/session/run-ahead.js';
import {Session} from '../source/session/session.js';
import {buildId} from './bundle.js';
import {distribution} from './places.js';

/**
Simulates what the dashboard shows first where nobody names a preset, and writes it beside the
program of these sources, as small as it gets.
*/
export async function writeHeadStart({to = distribution}: {readonly to?: string} = {}): Promise<void> {
	const clock = (): number => 0;
	const preset = sessionPreset(loadPreset(defaultPreset), defaultPreset);
	const name = headStartName(new Session({preset, clock}), await buildId());
	const session = new Session({preset, clock});
	runAhead(session, clock);
	const start = session.headStart();
	if (start === undefined) {
		throw new Error(`${defaultPreset}: its session has no plain data`);
	}

	await writeFile(path.join(to, name), headStartBytes(start, 'small'));
}
