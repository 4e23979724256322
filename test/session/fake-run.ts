import {type ParameterValue} from '../../source/parameters/configuration.js';
import {type Configuration} from '../../source/simulation/configuration.js';
import {withChange} from '../../source/simulation/parameters/change.js';
import {UserError} from '../../source/errors/user-error.js';
import {resolveParameters} from '../../source/simulation/parameters/resolve.js';
import {
	type ExportFiles, type LiveRun, type PresetShelf, type RecorderPort, type SessionPreset, type SimulationPort, type WindowsPort,
} from '../../source/session/ports.js';
import {seedMetrics} from '../helpers/seed-metrics.js';

const window = 1_000_000;

/** An event every 10 us, a response every 40 us; nothing else happens. */
export class FakeSimulation implements SimulationPort {
	now = 0;
	events = 0;
	refuse = false;
	stalled: ReturnType<SimulationPort['stall']> = null;
	configuration: Configuration;
	readonly calls: string[] = [];

	constructor(configuration: Configuration) {
		this.configuration = configuration;
	}

	runUntil(time: number, budget: number): boolean {
		for (let left = budget; ; left--) {
			const next = (this.events + 1) * 10_000;
			if (next >= time) {
				this.now = Math.max(this.now, Math.min(time, Number.MAX_SAFE_INTEGER));
				return true;
			}

			if (left === 0) {
				return false;
			}

			this.step();
		}
	}

	step(): boolean {
		this.events++;
		this.now = this.events * 10_000;
		return true;
	}

	apply(set: Readonly<Record<string, ParameterValue>>): 'next-use' | 'reset' {
		if (this.refuse) {
			throw new UserError('refused: the queue is stalled');
		}

		const {configuration, effect} = withChange(this.configuration, set);
		this.configuration = configuration;
		this.calls.push(JSON.stringify(set));
		return effect === 'restart' ? 'reset' : effect;
	}

	stall() {
		return this.stalled;
	}

	eventHash(): string {
		return String(this.events).padStart(16, '0');
	}
}

class FakeRecorder implements RecorderPort {
	readonly rings = [{numFree: 3, inFlight: 61}, {numFree: 16, inFlight: 0}];
	readonly machine = {presentStates: [4, 3], isMainLoopOn: false};
	restarts = 0;
	since = 0;
	private before = 0;
	private readonly simulation: FakeSimulation;

	constructor(simulation: FakeSimulation) {
		this.simulation = simulation;
	}

	get answered(): number {
		return Math.floor(this.simulation.events / 4) - this.before;
	}

	advance(): void {
		// Its windows need no closing.
	}

	get windows(): WindowsPort {
		const end = Math.floor(this.simulation.now / window);
		return {
			first: Math.max(0, end - 16_384),
			end,
			startOf: (index: number) => index * window,
			metrics: () => seedMetrics,
			value: (path: string) => path === 'lock.contentionShare' ? 0.07 : 50,
		};
	}

	restart(): void {
		this.restarts++;
		this.since = this.simulation.now;
		this.before += this.answered;
	}

	metrics() {
		return seedMetrics;
	}
}

/** A run that costs nothing to make. */
export function fakeRun(configuration: Configuration): LiveRun & {readonly simulation: FakeSimulation; readonly recorder: FakeRecorder} {
	const simulation = new FakeSimulation(configuration);
	return {simulation, recorder: new FakeRecorder(simulation)};
}

/** A preset that gives these parameters. */
export function fakePreset(name: string, given: Readonly<Record<string, ParameterValue>> = {}): SessionPreset {
	return {
		name,
		reference: name,
		title: `Title of ${name}`,
		theme: 'lock and kick',
		source: 'a test',
		story: 'Nothing happens, and it is measured.',
		try: ['queue.size=1024'],
		configuration: {
			parameters: resolveParameters(given), given, clients: [], faults: [],
		},
	};
}

/** Files that are kept in memory. */
export class FakeFiles implements ExportFiles {
	readonly written = new Map<string, string>();

	refuse(path: string): void {
		if (this.written.has(path)) {
			throw new UserError(`choose another name: "${path}" is there already`);
		}
	}

	write(path: string, text: string): void {
		this.refuse(path);
		this.written.set(path, text);
	}
}

/** A shelf that remembers what was saved. */
export class FakeShelf implements PresetShelf {
	readonly saved: string[] = [];

	list() {
		return [fakePreset('first'), fakePreset('second'), fakePreset('third')];
	}

	load(name: string): SessionPreset {
		return fakePreset(name, {'queue.size': 128});
	}

	save(path: string): void {
		if (!path.endsWith('.json')) {
			throw new UserError(`${path}: a preset file ends in .json`);
		}

		this.saved.push(path);
	}
}
