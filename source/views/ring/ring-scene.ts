import {threadState} from '../../cpu/thread.js';
import {backendOf} from '../../host/backends/backends.js';
import {type Session} from '../../session/session.js';
import {type CommandLife, type Excerpt} from '../../tracking/excerpt.js';
import {type RingPicture, ringPicture, stateAt} from '../../virtqueue/ring-picture.js';

/** A command that is in the ring. */
export type InFlight = {
	/**
	Places behind `reaped`; the commands behind a packed ring's chains have none of their own.
	*/
	readonly distance: number;
	readonly number: number;
	readonly type: string;
	/**
	ns since it was published, and since it is where it is; undefined: longer than is looked back.
	*/
	readonly age: number;
	readonly since: number | undefined;
	readonly place: 'visible' | 'popped' | 'service' | 'fence' | 'used';
};

/** All that the ring view shows of a queue at a moment. */
export type RingScene = {
	readonly name: string;
	readonly picture: RingPicture;
	readonly commands: readonly InFlight[];
	readonly excerpt: Excerpt | undefined;
	readonly queue: number;
	readonly queues: number;
	readonly now: number;
	readonly serverName: string;
	/**
	The server sleeps; a doorbell is under way; the worker runs or is
	woken; an interrupt is under way.
	*/
	readonly isServerAsleep: boolean;
	readonly isRinging: boolean;
	readonly isWorking: boolean;
	readonly isInterrupting: boolean;
	/** Submitters that sleep for room. */
	readonly sleepers: number;
	/** Both sides sleep for ever. */
	readonly isStalled: boolean;
	readonly isPaused: boolean;
};

/** Where a command is by what an excerpt saw of it, or else by the ring. */
function placeOf(
	life: CommandLife,
	distance: number,
	picture: RingPicture,
	serving: number,
): readonly [place: InFlight['place'], since: number] {
	const {used, serviceStart, popped, published, number} = life;
	if (used >= 0) {
		return ['used', used];
	}

	if (serviceStart >= 0) {
		return serving === number ? ['service', serviceStart] : ['fence', serviceStart];
	}

	if (popped >= 0) {
		return ['popped', popped];
	}

	const state = stateAt(picture, distance);
	return state === 'visible' || state === 'free' ? ['visible', published] : [state, -1];
}

function commandsOf(excerpt: Excerpt | undefined, queue: number, picture: RingPicture, now: number): InFlight[] {
	if (excerpt === undefined) {
		return [];
	}

	const serving = excerpt.tracks.find(({kind}) => kind === 'server')?.segments.at(-1)?.actor ?? -1;
	return excerpt.commands
		.filter(life => life.queue === queue && life.reaped < 0 && life.responded < 0)
		.toSorted((a, b) => a.number - b.number)
		.map((life, distance) => {
			const [place, since] = placeOf(life, distance, picture, serving);
			return {
				distance,
				number: life.number,
				type: (excerpt.typeNames[life.type] ?? '').replace('RESOURCE_', ''),
				age: now - life.published,
				since: since < 0 ? undefined : now - since,
				place,
			};
		});
}

/**
A queue of a run as it stands, with what an excerpt of the last moments knows of its commands.
*/
export function ringScene({run, now, paused}: Session, queue: number, excerpt: Excerpt | undefined): RingScene {
	const {guest, host, hostSettings} = run.simulation.state;
	const {core} = guest;
	const own = core.queues[queue];
	const picture = ringPicture(own.ring);
	return {
		name: own.profile.name,
		picture,
		commands: commandsOf(excerpt, own.id, picture, now),
		excerpt,
		queue: own.id,
		queues: core.queues.length,
		now,
		serverName: backendOf(hostSettings.backend).serverName,
		isServerAsleep: host.core.server.state === threadState.sleeping,
		isRinging: host.vcpus.isWriting,
		isWorking: own.workOn >= 0 || own.workPending,
		isInterrupting: guest.interrupts.isBusy(own.id),
		sleepers: own.sleeping,
		isStalled: run.simulation.stall() !== null,
		isPaused: paused,
	};
}
