import {Distribution} from '../engine/distribution.js';
import {type FaultSpec, type ParameterValue} from '../parameters/configuration.js';
import {type GivenParameters} from '../simulation/parameters/resolve.js';
import {withoutClientKeys} from '../simulation/parameters/resolve-clients.js';
import {UserError} from '../errors/user-error.js';
import {type Alignment} from '../trace/recording/align.js';
import {eachOnce, type Estimate, takenFrom} from '../trace/recording/estimate.js';
import {type GuestRecording} from '../trace/recording/guest-recording.js';
import {type HostRecording} from '../trace/recording/host-recording.js';
import {clientEstimates, type MeasuredClient} from './client-estimates.js';
import {clientSteps, type ClientSteps} from './client-steps.js';
import {driverTimes} from './driver-time.js';
import {type DriverFindings, driverFindings} from './driver-findings.js';
import {type Facts} from './facts.js';
import {type Material} from './fit.js';
import {type Finding} from './finding.js';
import {handlerSpeed, wholePasses} from './guest-accel.js';
import {guestCostEstimates} from './guest-cost-estimates.js';
import {crossingEstimates, doorbellEstimates, hostCostEstimates} from './host-cost-estimates.js';
import {accelOf} from './interrupt-delivery.js';
import {hostAlignment, type IoeventfdFinding} from './host-alignment.js';
import {pauseFaults, pauseWords} from './host-pause.js';
import {hostGuessEstimates} from './host-guess-estimates.js';
import {modelTimes, type ModelTimes} from './model-times.js';
import {commandOfCode, recordedClients} from './recorded-client.js';
import {recordedFacts} from './recorded-facts.js';

/** Fewer commands say nothing about distributions. */
const fewestCommands = 30;

/** Below so many the tails are guesses. */
const fewCommands = 300;

/** Share of commands that filled the ring from which the load is not the clients' own any more. */
const saturation = 0.02;

/** What a recording says about a machine and its load, before the fit. */
export type Calibration = {
	/**
	What the fit starts from, the likeliest first; several where the recording
	leaves open how guest code is run.
	*/
	readonly materials: readonly Material[];
	/** What was measured of each client, for replay. */
	readonly clients: readonly MeasuredClient[];
	readonly recorded: Facts;
	readonly alignment: Alignment | null;
	/** Lines about what was found: clients, driver. */
	readonly findings: readonly string[];
	readonly warnings: readonly string[];
};

/**
Estimates workload, rings, driver and costs from a guest's recording and,
when there is one, a QEMU log.

@throws {UserError} when the recording is too short or shows no load.
*/
export function calibration(
	guest: GuestRecording,
	host: HostRecording | null,
	cpus: number,
	given: GivenParameters,
): Calibration {
	const {clients, leftOut} = recordedClients(guest);
	const count = clients.flatMap(client => client.commands).length;
	if (count < fewestCommands) {
		throw new UserError(
			`the recording has ${count} commands of working clients (virtio_gpu_cmd_queue), and at least ` +
				`${fewestCommands} are needed: record for longer, or while the load runs`,
		);
	}

	const steps = clients.map(client => clientSteps(client, guest));
	const vcpus = Math.max(cpus, guest.highestCpu + 1);
	const driver = driverFindings(guest, steps, host);
	const times = modelTimes({...lockUnder(given['host.accel']), ...withoutClientKeys(given)});
	const waking = new Set(steps.flatMap(client => [...client.waking]));
	const guestCosts = guestCostEstimates(guest, times, waking);
	const policy = given['driver.lockPolicy'] ?? driver.lockPolicy.value;
	const isBatched = policy === 'kick-batched' || policy === 'kick-batched-under-lock';
	const measured = steps.map((client): MeasuredClient => ({
		steps: client,
		driverTimes: driverTimes(client, isBatched, times, type => responseOf(guestCosts, type)),
	}));
	const found = clientEstimates(measured, guest, vcpus);
	const {alignment: aligned, ioeventfd} =
		host?.hasSteps === true ? hostAlignment(guest, host) : {alignment: null, ioeventfd: null};
	const common: Estimate[] = [...vcpuEstimates(cpus, guest.highestCpu), ...driverEstimates(driver), ...guestCosts];
	const specs = found.map(({spec}) => spec);
	const recorded = recordedFacts(guest, clients);
	const start = Math.min(...clients.map(client => client.commands[0].published));
	const materials = accels(guest, host, aligned, {given, eventIdx: driver.eventIdx.value}).map((accel): Material => {
		const tcg = (given['host.accel'] ?? accel.find(({key}) => key === 'host.accel')?.value) === 'tcg';
		const seen =
			host === null
				? nothingSeen
				: hostFacts({
						guest,
						host,
						aligned,
						ioeventfd,
						tcg,
						times,
						load: {start, span: recorded.span},
					});
		return {
			// What was seen stands in every candidate; guesses fill in what no file shows.
			estimates: eachOnce(
				common,
				takenFrom('guess from the guest', hostGuessEstimates(guest)),
				doorbellEstimates(guest, times, tcg),
				accel,
				seen.estimates,
			),
			clients: specs,
			faults: seen.faults,
			given,
		};
	});
	return {
		materials,
		clients: measured,
		recorded,
		alignment: aligned,
		findings: [
			...found.map(({words}) => words),
			...(leftOut === '' ? [] : [`left out: ${leftOut}`]),
			...guest.words.used,
			...(host?.words ?? []),
			...pauseWords(materials[0].faults),
		],
		warnings: warningsOf(guest, host, aligned, steps, count),
	};
}

/** A client's response, ns, as far as it was measured: its wake-up comes at the end of it. */
function responseOf(estimates: readonly Estimate[], type: number): number {
	const value = estimates.find(({key}) => key === `guest.cost.response.${commandOfCode(type) ?? ''}`)?.value;
	return typeof value === 'object' ? new Distribution(value).sample(0.5) : 0;
}

type HostSeen = {
	readonly guest: GuestRecording;
	readonly host: HostRecording;
	readonly aligned: Alignment | null;
	readonly ioeventfd: IoeventfdFinding | null;
	readonly tcg: boolean;
	readonly times: ModelTimes;
	/** Of the guest's clients: first command and length, ns of the guest's clock. */
	readonly load: {readonly start: number; readonly span: number};
};

type HostFacts = {readonly estimates: readonly Estimate[]; readonly faults: readonly FaultSpec[]};

const nothingSeen: HostFacts = {estimates: [], faults: []};

/** What the host's file shows by itself, and what it shows against the guest's. */
function hostFacts({guest, host, aligned, ioeventfd, tcg, times, load}: HostSeen): HostFacts {
	const exits = takenFrom('KVM events', host.kvm.estimates());
	if (!host.hasSteps) {
		return {estimates: exits, faults: []};
	}

	const {estimates: own, pauses} = hostCostEstimates(host, times);
	const crossing =
		aligned === null
			? {estimates: [], held: []}
			: crossingEstimates({
					guest,
					host,
					alignment: aligned,
					ioeventfd: ioeventfd?.value === true,
					tcg,
					times,
					pauses,
				});
	// Clocks that can not be aligned: the log begins with the load.
	const offset = aligned?.offset ?? load.start - host.steps[0].time;
	const estimates = [
		...exits,
		...takenFrom('host log', own),
		// Without threads in the log only the guest's doorbells beside it tell.
		...(ioeventfd === null
			? []
			: takenFrom(ioeventfd.kind === 'measured' ? 'host log' : 'guest and host log, aligned', [
					{
						key: 'host.ioeventfd',
						value: ioeventfd.value,
						provenance: ioeventfd.kind,
						how: ioeventfd.how,
						knob: null,
					},
				])),
		...takenFrom('guest and host log, aligned', crossing.estimates),
	];
	return {estimates, faults: pauseFaults(pauses, crossing.held, {...load, offset})};
}

type AccelKnown = {readonly given: GivenParameters; readonly eventIdx: boolean};

/**
How guest code is run, as far as the interrupts show it, and the lock that goes with it: by
candidate, the likeliest first.
*/
function accels(
	guest: GuestRecording,
	host: HostRecording | null,
	aligned: Alignment | null,
	{given, eventIdx}: AccelKnown,
): ReadonlyArray<readonly Estimate[]> {
	const said = given['host.accel'];
	const found = host === null || aligned === null ? null : accelOf(guest, host, aligned);
	// Without event indices a doorbell says nothing about what the host had
	// popped; an aligned log says more.
	const whole = said === undefined && aligned === null && eventIdx ? wholePasses(guest) : null;
	const speed = whole === null ? null : handlerSpeed(guest);
	if (whole !== null && speed !== null) {
		const {accel, how} = speed;
		return [
			[
				{
					key: 'host.accel',
					value: accel,
					provenance: 'inferred',
					how: accel === 'tcg' ? `${whole}; ${how}` : how,
					knob: null,
				},
				...lockEstimates(accel),
			],
		];
	}

	if (whole !== null) {
		return (['tcg', 'kvm'] as const).map((value, at, all) => [
			{
				key: 'host.accel',
				value,
				provenance: 'uncertain',
				alternatives: all.filter(other => other !== value),
				how: whole,
				knob: null,
			},
			...lockEstimates(value),
		]);
	}

	return [
		[
			...(found?.tcg === true
				? takenFrom('guest and host log, aligned', [
						{
							key: 'host.accel',
							value: 'tcg',
							provenance: 'inferred',
							how: found.how,
							knob: null,
						},
					])
				: []),
			...lockEstimates(said ?? (found?.tcg === true ? 'tcg' : 'kvm')),
		],
	];
}

function lockEstimates(accel: ParameterValue): readonly Estimate[] {
	return Object.entries(lockUnder(accel)).map(([key, value]): Estimate => ({
		key,
		value,
		provenance: 'inferred',
		how: 'host.accel=tcg has no PV spinlocks',
		knob: null,
	}));
}

/** What an accelerator leaves of the kinds of lock, where it does not leave the default. */
function lockUnder(accel: ParameterValue | undefined): GivenParameters {
	return accel === 'tcg' ? {'driver.spinlock': 'qspinlock'} : {};
}

function driverEstimates(driver: DriverFindings): readonly Estimate[] {
	const estimates: Estimate[] = [];
	const put = (key: string, {value, kind, how, alternatives}: Finding<string | number | boolean | null>): void => {
		if (value !== null && kind !== 'default') {
			estimates.push({
				key,
				value,
				provenance: kind,
				how,
				knob: null,
				...(alternatives === undefined ? {} : {alternatives: alternatives.filter(other => other !== null)}),
			});
		}
	};

	put('driver.lockPolicy', driver.lockPolicy);
	put('driver.roomRule', driver.roomRule);
	put('queue.size', driver.ringSize);
	put('queue.cursorSize', driver.cursorSize);
	put('queue.indirect', driver.indirect);
	put('queue.eventIdx', driver.eventIdx);
	put('guest.irqVcpu', driver.irqVcpu);
	put('guest.cursorIrqVcpu', driver.cursorIrqVcpu);
	return estimates;
}

/**
A header states the CPUs; without one those that ran something are all
that shows, and there may be more.
*/
function vcpuEstimates(cpus: number, highestCpu: number): readonly Estimate[] {
	const value = Math.max(cpus, highestCpu + 1);
	return value === 0
		? []
		: [
				{
					key: 'guest.vcpus',
					value,
					provenance: cpus > 0 ? 'measured' : 'inferred',
					how: cpus > 0 ? "the recording's header" : 'highest CPU seen',
					knob: null,
				},
			];
}

function warningsOf(
	guest: GuestRecording,
	host: HostRecording | null,
	aligned: Alignment | null,
	steps: readonly ClientSteps[],
	count: number,
): readonly string[] {
	const words: string[] = [];
	if (count < fewCommands) {
		words.push(`only ${count} commands: medians are usable, tails are guesses; record for longer`);
	}

	let full = 0;
	for (const {fullRings} of steps) {
		full += fullRings;
	}

	if (full >= saturation * count) {
		words.push(
			`saturated: ${full} of ${count} commands found the ring full; service times show, but how often the ` +
				'clients would like to submit does not',
		);
	}

	words.push(...guest.words.warnings);
	if (!guest.hasProbes) {
		words.push(
			'no doorbells in the recording (a probe on vp_notify, vm_notify or virtqueue_notify): vqlab record ' +
				'--help has them',
		);
	}

	if (guest.irqs.length === 0) {
		words.push(
			'no interrupts of the device in the recording (irq_handler_entry, with workqueue_queue_work): the ' +
				'way back is left at its defaults',
		);
	}

	if (guest.orphans > 0.05 * count) {
		words.push(`${guest.orphans} responses without their command: events are missing`);
	}

	if (host !== null && host.isTimed && !host.hasSteps && host.kvm.estimates().length === 0) {
		words.push(
			host.kvm.complaint === ''
				? "the host's file shows neither commands of a virtio-gpu in QEMU nor doorbells in KVM: it is not " +
						'used; vqlab record --help has the events'
				: host.kvm.complaint,
		);
	}

	if (host?.hasSteps === true && aligned === null) {
		words.push(
			"the clocks of guest and host could not be aligned: too few doorbells agree; the host's own times " +
				'are used, those between guest and host are not',
		);
	}

	if (guest.isFull) {
		words.push(`the recording has more commands than are used: the first ${count}`);
	}

	return words;
}
