import {type FaultSpec} from '../parameters/configuration.js';
import {type Alignment} from '../trace/recording/align.js';
import {type Estimate, takenFrom} from '../trace/recording/estimate.js';
import {type GuestRecording} from '../trace/recording/guest-recording.js';
import {type HostRecording} from '../trace/recording/host-recording.js';
import {hostCostEstimates} from './host-cost-estimates.js';
import {crossingEstimates} from './crossing-estimates.js';
import {type IoeventfdFinding} from './host-alignment.js';
import {pauseFaults} from './host-pause.js';
import {type ModelTimes} from './model-times.js';

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

/** Without a file of the host. */
export const nothingSeen: HostFacts = {estimates: [], faults: []};

/** What the host's file shows by itself, and what it shows against the guest's. */
export function hostFacts({guest, host, aligned, ioeventfd, tcg, times, load}: HostSeen): HostFacts {
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
