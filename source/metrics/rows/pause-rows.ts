import {type Figure} from '../figure.js';
import {type PauseName, pauseNames} from '../metric-names.js';
import {type Row} from '../metric-row.js';
import {cell, type Counter, per, perSecond, ratio, read, share} from '../source.js';
import {pauses} from '../wait-table.js';

type PauseRows = Readonly<Record<`pauses.${PauseName}.perSecond`, Row<number, 'pauses'>>> &
	Readonly<Record<`pauses.${PauseName}.share`, Row<number, 'pauseTime'>>> &
	Readonly<Record<`pauses.${PauseName}.completed`, Row<Figure, 'pauseAnswers' | 'pauseTime'>>> &
	Readonly<Record<`pauses.${PauseName}.${'longest' | 'at'}`, Row<Figure, never>>>;

/** What stood still: a counter of each kind of pause. */
export const pauseRows = Object.fromEntries(
	pauses.flatMap(({name, label, meaning}, kind): ReadonlyArray<readonly [string, Row]> => {
		const own = <C extends string>(counter: C): Counter<C> => cell(counter, pauseNames.length, kind);
		return [
			[
				`pauses.${name}.perSecond`,
				{
					label,
					short: name,
					unit: 'per second',
					words: `${meaning} How often one begins.`,
					from: per(perSecond, own('pauses')),
				},
			],
			[
				`pauses.${name}.share`,
				{
					label: `${label}, share`,
					short: name,
					unit: 'share of time',
					words: `${meaning} Their part of the time.`,
					from: share(own('pauseTime')),
				},
			],
			[
				`pauses.${name}.completed`,
				{
					label: `${label}, throughput`,
					short: name,
					unit: 'per second',
					words: `${meaning} Responses of both queues per second of such a pause.`,
					from: ratio<'pauseAnswers' | 'pauseTime'>(own('pauseAnswers'), own('pauseTime'), perSecond),
				},
			],
			[
				`pauses.${name}.longest`,
				{
					label: `${label}, longest`,
					short: name,
					unit: 'us',
					words: `${meaning} The longest, one that lasts at the end included; null without one.`,
					from: read('pauses', reading => {
						const {length} = reading.longest(kind);
						return length === 0 ? null : length / 1000;
					}),
				},
			],
			[
				`pauses.${name}.at`,
				{
					label: `${label}, start`,
					short: name,
					unit: 's',
					words: `${meaning} When the longest began, simulated time.`,
					from: read('pauses', reading => {
						const {at, length} = reading.longest(kind);
						return length === 0 ? null : at / 1e9;
					}),
				},
			],
		];
	}),
) as unknown as PauseRows;
