import {type Hint} from '../../session/command.js';
import {type DeskView} from '../../session/controller.js';
import {laterPart} from '../../session/later-part.js';
import {commonHints} from '../common-hints.js';
import {recordingWords} from '../recording-legend.js';
import {latencyCommands} from './commands.js';

const drawing = laterPart(async () => import('./drawing.js'));

const scope = 'view:latency';

const runHints: readonly Hint[] = [
	{commands: ['latency.slowest'], words: 'slowest commands', short: 'slowest', scope},
	{commands: ['latency.group'], words: 'by command, client, queue', short: 'by kind', scope},
	{commands: ['latency.scale'], words: 'log, linear', short: 'scale', scope},
	{commands: ['latency.before'], words: 'before on, off', short: 'before', scope},
	{commands: ['metrics.reset'], words: 'restart'},
	{commands: ['time.pause'], words: 'pause'},
	{commands: ['time.faster', 'time.slower'], words: 'speed'},
];

/**
How long commands take: histogram, percentiles, parts; of a recording kinds of commands as well.
*/
export const view: DeskView = {
	id: 'latency',
	key: '4',
	title: 'latency',
	words: {
		recording:
			'A recording: histogram and percentiles of the time from publication to response, its parts, and ' +
			'each kind of command.',
		run:
			"A run: histogram and percentiles of a command's life since the last change, before and now, its stages " +
			'in the mean and in the slowest 1 %, kinds of commands, and the slowest commands in the timeline.',
	},
	keys: [
		['enter', 'latency.slowest'],
		['t', 'latency.group'],
		['i', 'latency.scale'],
		['b', 'latency.before'],
	],
	commands: latencyCommands,
	explains(desk) {
		// The stage in which the slowest are longest.
		const {life} = desk.look().run?.readings ?? {};
		const [longest] = (life?.stages ?? []).toSorted((a, b) => b.tail - a.tail);
		return longest === undefined || longest.tail === 0 ? undefined : `latency.stages.${longest.name}.mean`;
	},
	hints: controller => (controller.subject.run === undefined ? commonHints(controller) : runHints),
	legend: {
		recording: recordingWords,
		run: {
			words: [
				['life', "from due to response: a closed client's command is due when the client starts on it"],
				['trace', 'the median from publication to response, as tracepoints show it'],
				[
					'stages',
					'they never overlap and sum to the life; one that is longer in the slowest 1 % makes the tail',
				],
				['due', 'of a paced client: the next frame is due then; what is right of it came late'],
				['words', 'the interval of the difference against a margin of 5 %; the max has none'],
			],
		},
	},
	draw(scene) {
		drawing().drawLife(scene);
		return undefined;
	},
};
