import {Distribution} from '../engine/distribution.js';
import {type GivenParameters} from '../simulation/parameters/resolve.js';
import {withoutClientKeys} from '../simulation/parameters/resolve-clients.js';
import {UserError} from '../errors/user-error.js';
import {type Alignment} from '../trace/recording/align.js';
import {eachOnce, type Estimate, takenFrom} from '../trace/recording/estimate.js';
import {type GuestRecording} from '../trace/recording/guest-recording.js';
import {type HostRecording} from '../trace/recording/host-recording.js';
import {clientEstimates, type MeasuredClient} from './client-estimates.js';
import {clientSteps} from './client-steps.js';
import {driverTimes} from './driver-time.js';
import {type DriverFindings, driverFindings} from './driver-findings.js';
import {type Facts} from './facts.js';
import {type Material} from './material.js';
import {type Finding} from './finding.js';
import {guestCostEstimates} from './guest-cost-estimates.js';
import {callEstimates, doorbellEstimates, callTimes} from './doorbell-estimates.js';
import {hostAlignment} from './host-alignment.js';
import {pauseWords} from './host-pause.js';
import {hostGuessEstimates} from './host-guess-estimates.js';
import {modelTimes} from './model-times.js';
import {passEstimates} from './pass-estimates.js';
import {passTimes} from './pass-times.js';
import {commandOfCode, recordedClients} from './recorded-client.js';
import {recordedFacts} from './recorded-facts.js';
import {accels, lockUnder} from './accelerators.js';
import {warningsOf} from './calibration-warnings.js';
import {nothingSeen, hostFacts} from './host-evidence.js';

/** Fewer commands say nothing about distributions. */
const fewestCommands = 30;

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
	const start = Math.min(...clients.map(client => client.commands[0].published));
	const end = Math.max(...clients.map(client => client.commands.at(-1)?.published ?? start));
	const load = {start, end};
	const guestCosts = guestCostEstimates(guest, times, {waking, load});
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
	const eventIdx = driver.eventIdx.value;
	const materials = accels(guest, host, aligned, {given, eventIdx}).map((accel): Material => {
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
		const passes = tcg ? passTimes(guest, {doorbell: callTimes(guest), eventIdx, load}) : null;
		return {
			// What was seen stands in every candidate; guesses fill in what no file shows.
			estimates: eachOnce(
				common,
				takenFrom(
					'guess from the guest',
					passes === null ? hostGuessEstimates(guest) : passEstimates(guest, passes),
				),
				tcg ? callEstimates(guest) : doorbellEstimates(guest, times),
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
