import {type DeskView} from '../../session/controller.js';
import {recordingWords} from '../recording-legend.js';
import {drawLatency} from './recording-latency.js';

/** How long commands take: histogram, percentiles, parts, kinds of commands. */
export const view: DeskView = {
	id: 'latency',
	key: '4',
	title: 'latency',
	words: {
		recording:
			'A recording: histogram and percentiles of the time from publication to response, its parts, and each kind of command.',
	},
	missing: {run: 'a run keeps no list of its commands; vqlab view shows that of a recording'},
	legend: {recording: recordingWords},
	draw(scene) {
		const {recording} = scene.snapshot;
		if (recording !== undefined) {
			drawLatency(recording, scene);
		}

		return undefined;
	},
};
