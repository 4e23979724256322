import {type CommandLife, type Excerpt, type Wait} from '../../tracking/excerpt.js';
import {type Stage, stagesOf} from './stages.js';
import {actorName} from './words.js';

/** A wait explains a stage when it covers so much of it. */
const enough = 0.3;

/** When a client began with a command, else when it was published, ns. */
export const begunAt = ({started, published}: CommandLife): number => (started < 0 ? published : started);

/**
The stage of a command that took longest, of one that is not over up to the end of the excerpt.
*/
export function longestStage(excerpt: Excerpt, life: CommandLife): Stage | undefined {
	return stagesOf(life, excerpt.to).toSorted((a, b) => b[2] - b[1] - (a[2] - a[1]))[0];
}

/** A guest thread and the host's threads of the vCPUs on which it was seen. */
function facesOf({cast, holds, rings}: Excerpt, actor: number): readonly number[] {
	const vcpus = new Set([...holds, ...rings].filter(own => own.actor === actor).map(({vcpu}) => vcpu));
	return [actor, ...[...cast.keys()].filter(index => cast[index].side === 'host' && vcpus.has(cast[index].vcpu))];
}

/** Who has to do something for a command to leave a stage. */
function movers(excerpt: Excerpt, stage: string, {thread}: CommandLife): readonly number[] {
	switch (stage) {
		case 'hostWake':
		case 'hostQueue':
		case 'service': {
			return [excerpt.serverActor];
		}

		case 'irq':
		case 'worker': {
			const {cast} = excerpt;
			return [...cast.keys()].filter(index => cast[index].letter === 'W').flatMap(own => facesOf(excerpt, own));
		}

		case 'fence': {
			return [];
		}

		default: {
			return facesOf(excerpt, thread);
		}
	}
}

/**
The wait that kept a command longest: of who had to move it on, in the stage that took longest.
Undefined: nobody waited for most of that, somebody worked or was on his way.
*/
export function waitBehind(excerpt: Excerpt, life: CommandLife): Wait | undefined {
	const stage = longestStage(excerpt, life);
	if (stage === undefined) {
		return undefined;
	}

	const [name, start, end] = stage;
	const actors = movers(excerpt, name, life);
	const covered = (wait: Wait): number => Math.min(end, wait.end) - Math.max(start, wait.start);
	const [longest] = excerpt.waits
		.filter(wait => actors.includes(wait.actor))
		.toSorted((a, b) => covered(b) - covered(a) || a.start - b.start);
	return longest !== undefined && covered(longest) >= enough * (end - start) ? longest : undefined;
}

/** Who keeps a command in a stage, and by what. */
export function stageCulprit(excerpt: Excerpt, life: CommandLife, [name, start, end]: Stage): string {
	const {serverName: server, commands, moments} = excerpt;
	const client = life.thread < 0 ? 'its client' : actorName(excerpt, life.thread);
	const fault = moments.some(({kind, time}) => kind === 'fault' && time >= start && time < end)
		? ', a fault strikes'
		: '';
	const before = commands.filter(({serviceStart}) => serviceStart >= start && serviceStart < end).length;
	const words: Readonly<Record<string, string>> = {
		prepare: `${client} prepares it`,
		notifyDelay: `${client} has not rung yet`,
		doorbell: `${client} is in its doorbell`,
		hostWake: `${server} is on its way`,
		hostQueue: before === 0 ? `${server} has not begun` : `${server} serves ${before} before it`,
		service: `${server} serves it`,
		fence: 'GPU and fence poll',
		irq: 'its interrupt is on its way',
		worker: 'the worker is on its way',
		response: `${client} is on its way`,
	};
	return `${words[name] ?? name}${fault}`;
}
