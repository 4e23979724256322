import {type Pilot} from '../../experiment/advise/pilot.js';
import {type Configuration} from '../../simulation/configuration.js';
import {type TaskKind} from '../task-kind.js';

/** The first run of an advice. */
export const pilotKind: TaskKind<{readonly configuration: Configuration; readonly seed: number}, Pilot> = {
	name: 'pilot',
	async load() {
		const {pilotRun} = await import('../../experiment/advise/pilot.js');
		return ({configuration, seed}) => pilotRun(configuration, seed);
	},
};
