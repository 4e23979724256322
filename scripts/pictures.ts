/** A picture of the program in the docs. */
export type Picture = {
	/** Below docs/. */
	readonly file: string;
	readonly title: string;
	/** What is to be seen. */
	readonly words: string;
	/** What `vqlab snapshot` is given. */
	readonly argv: readonly string[];
};

const svg = ['--to', 'svg'];
const recording = 'test/fixtures/recordings/g00-base.txt.gz';

/** Of the README and of docs/gallery.md, in the order of the latter. */
export const pictures: readonly Picture[] = [
	{
		file: 'overview.svg',
		title: 'Overview after a change',
		words: 'July 2019: contention on ctrlq.qlock falls when the kick moves out of the lock.',
		argv: ['--change', '800ms driver.lockPolicy=kick-after-unlock', '--at', '960ms', ...svg],
	},
	{
		file: 'gallery/overview-before.svg',
		title: 'Overview at 80x24',
		words: 'The same preset as it stands: the worker spins while the game rings the doorbell.',
		argv: ['--at', '460ms', '--size', '80x24', ...svg],
	},
	{
		file: 'gallery/stall.svg',
		title: 'A stall',
		words: 'A doorbell is lost: work in the ring and both sides asleep. What stands still shows what is now.',
		argv: ['lost-kick', '--size', '120x36', ...svg],
	},
	{
		file: 'gallery/fence-poll.svg',
		title: 'Frames',
		words: 'A client at 120 Hz whose fences wait for a poll of 10 ms.',
		argv: ['fence-poll-120hz', '--size', '120x36', '--theme', 'paper', ...svg],
	},
	{
		file: 'gallery/help.svg',
		title: 'Help',
		words: 'Every key of the view, and of everywhere.',
		argv: ['--at', '460ms', '--size', '80x24', '--keys', '?', ...svg],
	},
	{
		file: 'gallery/recording.svg',
		title: 'A recording',
		words: 'A recorded guest on the same charts, without the model.',
		argv: [recording, ...svg],
	},
	{
		file: 'gallery/recording-latency.svg',
		title: 'Latency of a recording',
		words: 'How long commands take: histogram, percentiles, parts, kinds of commands.',
		argv: [recording, '--view', 'latency', ...svg],
	},
];
