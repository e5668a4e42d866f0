import { describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { DateTime } from 'luxon';
import { calendarFile } from '../../src/documents/calendar-file.ts';
import { evolveProgramme } from '../../src/domain/programme.ts';
import type { ProgrammeContent } from '../../src/domain/programme-event.ts';
import { newProgramme, type ProgrammeState, type StartedProgramme } from '../../src/domain/programme-state.ts';
import type { WeeklyTime } from '../../src/domain/questions.ts';

const start = Date.UTC(2027, 0, 4, 9);
const words = { title: 'Weekly call: prospecting', description: 'What each did.' };

function content(weeklyCall: WeeklyTime | undefined): ProgrammeContent {
  const conversation = { channel: 'room' as const, tenant: 't', place: 'sales', thread: '1' };
  return {
    alignmentId: 'al_1',
    version: 1,
    conversation,
    outcome: [],
    kpis: [],
    commitments: [],
    managers: ['tomas'],
    ...(weeklyCall && { weeklyCall }),
    zone: 'UTC',
  };
}

function started(weeklyCall: WeeklyTime | undefined, at = start): StartedProgramme {
  return known(evolveProgramme(newProgramme, { type: 'ProgrammeStarted', at, id: 'al_1', content: content(weeklyCall) }));
}

function known(state: ProgrammeState): StartedProgramme {
  if (state.status === 'new') throw new Error('The programme has not started.');
  return state;
}

function fileOf(state: StartedProgramme, said = words): string {
  const file = calendarFile(state, said, start);
  if (file === undefined) throw new Error('There is no file.');
  return file;
}

function read(file: string) {
  const root = new ICAL.Component(ICAL.parse(file));
  const entry = root.getFirstSubcomponent('vevent');
  const zone = root.getFirstSubcomponent('vtimezone');
  if (!entry || !zone) throw new Error('Part of the file is missing.');
  ICAL.TimezoneService.reset();
  ICAL.TimezoneService.register(zone);
  return { root, entry, event: new ICAL.Event(entry) };
}

function callsIn(file: string, count: number): number[] {
  const calls = read(file).event.iterator();
  return Array.from({ length: count }, () => calls.next().toJSDate().getTime());
}

describe('the calendar file', () => {
  it.each(['Europe/Berlin', 'America/New_York', 'Australia/Sydney', 'America/Santiago', 'Europe/London'])(
    'keeps the local time over a year in %s',
    (timeZone) => {
      const calls = callsIn(fileOf(started({ weekday: 'tue', time: '09:30', timeZone })), 60);
      const local = calls.map((at) => DateTime.fromMillis(at, { zone: timeZone }));
      expect(new Set(local.map((at) => at.toFormat('EEE HH:mm')))).toEqual(new Set(['Tue 09:30']));
      expect(new Set(local.map(({ offset }) => offset)).size).toBe(2);
    },
  );

  it('has a present name for an old zone, in both places', () => {
    const file = fileOf(started({ weekday: 'tue', time: '09:30', timeZone: 'Asia/Calcutta' }));
    expect(file).toContain('TZID:Asia/Kolkata');
    expect(file).toContain('DTSTART;TZID=Asia/Kolkata:20270105T093000');
  });

  it('keeps a time that daylight saving skips on the first date for all the others', () => {
    const call = { weekday: 'sun', time: '02:30', timeZone: 'Europe/Berlin' } as const;
    const file = fileOf(started(call, Date.UTC(2027, 2, 26)));
    expect(file).toContain('DTSTART;TZID=Europe/Berlin:20270321T023000');
    expect(file).toContain('EXDATE;TZID=Europe/Berlin:20270321T023000');
    // What the skipped date itself becomes differs between readers (ical.js moves it back, RFC 5545 3.3.5 forward): only the others are held to the time.
    const shown = callsIn(file, 3)
      .slice(1)
      .map((at) => DateTime.fromMillis(at, { zone: 'Europe/Berlin' }).toFormat('dd.MM. HH:mm'));
    expect(shown).toEqual(['04.04. 02:30', '11.04. 02:30']);
  });

  it('replaces itself when the call moves, and takes itself back at the end', () => {
    const first = started({ weekday: 'tue', time: '09:30', timeZone: 'Europe/Berlin' });
    const same = known(evolveProgramme(first, { type: 'ProgrammeUpdated', at: start + 5000, content: { ...first.content, version: 2 } }));
    const later = { weekday: 'wed', time: '10:00', timeZone: 'Europe/Berlin' } as const;
    const moved = known(evolveProgramme(same, { type: 'ProgrammeUpdated', at: start + 60_000, content: content(later) }));
    const ended = known(evolveProgramme(moved, { type: 'ProgrammeEnded', at: start + 60_000, reason: 'finished' }));
    const files = [first, same, moved, ended].map((state) => read(fileOf(state)));
    expect(new Set(files.map(({ event }) => event.uid))).toEqual(new Set(['al_1@plumb']));
    expect(files.map(({ event }) => event.sequence)).toEqual([0, 0, 60, 61]);
    expect(files.map(({ root }) => root.getFirstPropertyValue('method'))).toEqual(['PUBLISH', 'PUBLISH', 'PUBLISH', 'CANCEL']);
    expect(files.map(({ entry }) => entry.getFirstPropertyValue('status'))).toEqual(['CONFIRMED', 'CONFIRMED', 'CONFIRMED', 'CANCELLED']);
  });

  it('gives people’s words back as they are, in short lines, and lets none of them become a property', () => {
    const title = 'Calls, notes; and "plans" \\ 🎉 מכירות ראשונות '.repeat(4).trim();
    const file = fileOf(started({ weekday: 'tue', time: '09:30', timeZone: 'Europe/Berlin' }), {
      title: `${title}\r\nATTENDEE:mailto:x@example.org`,
      description: 'One\nEND:VEVENT\nTwo, three; four',
    });
    const { event, entry } = read(file);
    expect(event.summary).toBe(`${title} ATTENDEE:mailto:x@example.org`);
    expect(event.description).toBe('One\nEND:VEVENT\nTwo, three; four');
    expect(entry.getFirstProperty('attendee')).toBeNull();
    expect(file.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    expect(file).toMatch(/^DTSTAMP:20270104T090000Z\r$/m);
  });

  it('is not there while no time is known', () => {
    expect(calendarFile(started(undefined), words, start)).toBeUndefined();
  });
});
