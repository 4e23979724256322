import {type CommandLife, type Excerpt, type Wait} from '../../tracking/excerpt.js';

/** Stages of a command by where they begin, in the order of its life. */
const stages: ReadonlyArray<readonly [name: string, begins: keyof CommandLife, glyph: string]> = [
	['prepare', 'started', ' '],
	['notifyDelay', 'published', '░'],
	['doorbell', 'rung', '░'],
	['hostWake', 'delivered', '░'],
	['hostQueue', 'popped', '░'],
	['service', 'serviceStart', '▓'],
	['fence', 'fenced', 'F'],
	['irq', 'used', '█'],
	['worker', 'irq', '█'],
	['response', 'reaped', '█'],
	['', 'responded', ''],
];

/** A stage of a command: [start, end), ns. */
export type Stage = readonly [name: string, start: number, end: number, glyph: string];

/**
The stages that an excerpt saw of a command, from one known moment to the next; of
one that is not over up to `now`.
*/
export function stagesOf(life: CommandLife, now?: number): readonly Stage[] {
	const known = stages
		.map(([name, begins, glyph]) => ({name, glyph, time: Number(life[begins])}))
		.filter(({time}, index, all) => time >= 0 && all.slice(0, index).every(before => before.time <= time));
	return known.flatMap(({name, time, glyph}, index): Stage[] => {
		const end = known[index + 1]?.time ?? (name === '' ? undefined : now);
		return end === undefined ? [] : [[name, time, end, glyph]];
	});
}

/** What keeps a command, by its stage. */
const stageWords: Readonly<Record<string, string>> = {
	prepare: 'is prepared',
	notifyDelay: 'is not told of',
	doorbell: 'in its doorbell',
	hostWake: 'the host wakes up',
	hostQueue: 'waits for the host',
	service: 'in service',
	fence: 'waits for its fence',
	irq: 'waits for its IRQ',
	worker: 'waits for the worker',
	response: 'waits for its response',
};

/**
Of a wait for room: the command whose slots came back first, and what kept it longest meanwhile.
*/
export function roomCulprit(
	{commands}: Excerpt,
	wait: Wait,
): {readonly words: string; readonly start: number; readonly end: number} | undefined {
	const back = ({reaped, responded}: CommandLife): number =>
		reaped >= 0 ? reaped : responded >= 0 ? responded : Infinity;
	const [first] = commands
		.filter(life => life.queue === wait.queue && life.published <= wait.start && back(life) > wait.start)
		.toSorted((a, b) => back(a) - back(b) || a.number - b.number);
	const stages = first === undefined ? [] : stagesOf(first, wait.end);
	const kept = ([, start, end]: Stage): number => Math.min(end, wait.end) - Math.max(start, wait.start);
	const [longest] = stages.toSorted((a, b) => kept(b) - kept(a));
	if (first === undefined || longest === undefined) {
		return undefined;
	}

	const [name, start, end] = longest;
	return {words: `command ${first.number} ${stageWords[name] ?? name}`, start, end};
}
