import {type Hint} from '../../session/command.js';
import {type DeskView} from '../../session/controller.js';
import {laterPart} from '../../session/later-part.js';
import {recordingWords} from '../recording-legend.js';
import {commonHints} from '../common-hints.js';
import {runLegend} from './legend.js';
import {recordingColumns} from './recording-layout.js';
import {drawRun, pictureKey, runColumns, runPanels, selectedWord} from './run-overview.js';

const ofRecordings = laterPart(async () => import('./recording-overview.js'));

const scope = 'view:overview';

const runHints: readonly Hint[] = [
	{commands: ['advice.apply'], words: 'apply'},
	{commands: ['params.previous', 'params.next'], words: 'select', scope},
	{commands: ['params.decrease', 'params.increase'], words: 'change', scope},
	{commands: ['params.edit'], words: 'type', scope},
	{commands: ['edit.undo'], words: 'undo'},
	{commands: ['preset.pick'], words: 'presets'},
	{commands: ['extra.next'], words: 'strip', scope},
	{commands: ['panel.zoom'], words: 'zoom panel', short: 'zoom', scope},
	{commands: ['time.pause'], words: 'pause'},
	{commands: ['time.faster', 'time.slower'], words: 'speed'},
];

/**
Everything at a glance: the charts of the card, with the parameters to turn where there are some.
*/
export const view: DeskView = {
	id: 'overview',
	key: '1',
	title: 'overview',
	words: {
		run:
			'The run: throughput, contention, IRQ rate and num_free over time, with the parameters to turn. The ' +
			'last rows give the verdict and a change that would help.',
		recording:
			'A recording: what is recorded over time, queues, lock, and where the time from publication to ' +
			'response goes.',
	},
	filters: ['run'],
	keys: [
		['up k', 'params.previous'],
		['down j', 'params.next'],
		['left h', 'params.decrease'],
		['right l', 'params.increase'],
		['e enter', 'params.edit'],
		['d', 'params.default'],
		['pgup', 'params.pageUp'],
		['pgdn', 'params.pageDown'],
		['home g', 'params.first'],
		['end G', 'params.last'],
		['tab', 'panel.next'],
		['S-tab', 'panel.previous'],
		['M', 'panel.zoom'],
		[pictureKey, 'extra.next'],
		['w', 'file.export'],
	],
	panels: ({subject}) => (subject.run === undefined ? [] : runPanels),
	explains: desk => (desk.subject.run === undefined ? undefined : selectedWord(desk)),
	hints: desk => (desk.subject.run === undefined ? commonHints(desk) : runHints),
	legend: {run: runLegend, recording: recordingWords},
	columns: (columns, rows, kind) => (kind === 'run' ? runColumns(columns, rows) : recordingColumns(columns, rows)),
	draw(scene) {
		const {run, recording} = scene.snapshot;
		if (run !== undefined) {
			return drawRun(run, scene);
		}

		return recording && ofRecordings().drawRecording(recording, scene);
	},
};
