import {type FieldTerm} from './field-term.js';

/** Words of graphics and of simulation. */
export const simulationTerms: readonly FieldTerm[] = [
	{
		name: 'command',
		subject: 'graphics',
		also: ['request'],
		meaning: 'A request of virtio-gpu, as TRANSFER_TO_HOST_2D or RESOURCE_FLUSH, with a response that comes back.',
		see: ['throughput.completed'],
	},
	{
		name: 'control queue',
		subject: 'graphics',
		also: ['ctrlq'],
		meaning: "The virtqueue for all commands but the cursor's, which have a queue of their own (cursorq).",
		see: ['queue.size', 'queue.cursorSize'],
	},
	{
		name: 'resource',
		subject: 'graphics',
		meaning: 'A picture that the device knows by a number; the guest sends its pixels with a transfer.',
	},
	{
		name: 'scanout',
		subject: 'graphics',
		meaning: 'A screen of the guest. A flush shows a resource on it.',
	},
	{
		name: 'fence',
		subject: 'graphics',
		meaning:
			'A promise that a command is really done, GPU included. A fenced command is answered late, in some ' +
			'VMMs only when a timer looks.',
		see: ['device.fence', 'device.fencePoll', 'fence-poll'],
	},
	{
		name: 'frame',
		subject: 'graphics',
		meaning:
			'What a client shows at one vblank: one or more commands. It is missed when its responses are not all' +
			' there in time.',
		see: ['frames.<client>.missed'],
	},
	{
		name: 'client',
		subject: 'simulation',
		meaning:
			'A program of the guest that sends commands. A paced one follows the screen (60 times a second), an ' +
			'open one comes at its own rate whatever happens, a closed one sends the next when the last is ' +
			'answered.',
		see: ['clients.<name>.hz', 'clients.<name>.rate'],
	},
	{
		name: 'preset',
		subject: 'simulation',
		meaning: 'A JSON file with a machine, its clients and their faults, with a story and a source.',
	},
	{
		name: 'warm-up',
		subject: 'simulation',
		meaning: 'Simulated time before the measured time. What happens in it counts in no figure.',
		see: ['warmup'],
	},
	{
		name: 'seed',
		subject: 'simulation',
		meaning:
			'The number from which all random draws follow. The same parameters and seed give the same events, ' +
			'bit for bit.',
		see: ['seed'],
	},
	{
		name: 'event hash',
		subject: 'simulation',
		also: ['eventHash'],
		meaning: 'A fingerprint of every event of a run. Two runs with the same one are the same run.',
	},
	{
		name: 'common random numbers',
		subject: 'simulation',
		meaning:
			'Both sides of a comparison draw the same numbers, so that their difference is the change and not the' +
			' luck.',
	},
	{
		name: 'percentile',
		subject: 'simulation',
		also: ['p50', 'p99', 'tail'],
		meaning:
			'p99 is the time that 99 of 100 commands do not exceed. The slowest per cent is the tail; it is what ' +
			'people feel.',
		see: ['latency.p99'],
	},
	{
		name: 'finding',
		subject: 'simulation',
		also: ['bottleneck', 'verdict'],
		meaning:
			'What a run suffers from, by an id: worker-spin, ring-full, bql-busy. A verdict names one, with its ' +
			'evidence and what helps.',
	},
];
