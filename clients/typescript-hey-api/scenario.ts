// Read, write and follow the timeline with the client that @hey-api/openapi-ts generates from openapi.json.
import assert from "node:assert/strict";
import { client } from "./generated/client.gen.js";
import {
  getEvent, getParticipant, getPlace, getSource, getTreaty, importRecords, listChanges, listEventEvidence,
  listEvents, patchEvent, putEvent,
} from "./generated/sdk.gen.js";
import {
  type ChangeDocument, Confidence, type EventPage, type EventRecord, EventType, type ListEventsData,
  type PlaceRecord, type ProblemDocument,
} from "./generated/types.gen.js";

const { TIMELINE_URL: baseUrl = "http://127.0.0.1:8000", TIMELINE_KEY: auth = "" } = process.env;
client.setConfig({ baseUrl, auth });
// With it a problem is thrown; without it an answer has `data`, or the problem as `error`.
const throwOnError = true;

/** Return the problem of an answer, which must have this status and type. */
function refused({ error }: { error?: ProblemDocument }, status: number, type: string): ProblemDocument {
  assert(error, "a problem");
  assert.deepEqual([error.status, error.type], [status, `/problems/${type}`]);
  return error;
}

/** Return the ETag of an answer; the types do not declare headers. */
function tagOf({ response }: { response: Response }): string {
  const tag = response.headers.get("ETag");
  assert(tag, "an ETag");
  return tag;
}

/** Yield every page of events, by its cursor. */
async function* pages(): AsyncGenerator<EventPage> {
  const query: ListEventsData["query"] = { limit: 50, total: "exact" };
  for (;;) {
    const { data } = await listEvents({ query, throwOnError });
    yield data;
    if (!data.page.cursor) return;
    query.cursor = data.page.cursor;
  }
}

/** Return every change after this one, in order. */
async function changes(after: number): Promise<ChangeDocument[]> {
  const { data } = await listChanges({ query: { after, limit: 1000 }, throwOnError });
  return data.page.next ? [...data.items, ...(await changes(data.page.last))] : data.items;
}

const ids = new Set<string>();
for await (const { items, page } of pages()) {
  for (const { id } of items) {
    assert(!ids.has(id), `${id} appears twice`);
    ids.add(id);
  }
  if (!page.next) assert.equal(ids.size, page.total);
}
console.log("ok page");

const query = { type: [EventType.VISIT], participant: ["sergey-lavrov"], date: ["2000/.."] };
const { data: visits } = await listEvents({ query, throwOnError });
assert(visits.items.length > 0, "visits");
for (const { type, participants } of visits.items) {
  assert.equal(type, EventType.VISIT);
  assert(participants.some(({ id }) => id === "sergey-lavrov"), "Lavrov");
}
console.log("ok filter");

const path = { event_id: "2024-11-01-lavrov-choe-strategic-consultations" };
const { data: event } = await getEvent({ path, throwOnError });
const { data: person } = await getParticipant({ path: { participant_id: "kim-jong-un" }, throwOnError });
const { data: place } = await getPlace({ path: { place_id: "moscow" }, throwOnError });
const { data: treaty } = await getTreaty({ path: { treaty_id: "friendship-treaty-1961" }, throwOnError });
const { data: source } = await getSource({ path: { source_id: "tass-1865655" }, throwOnError });
for (const { en } of [event.title, person.names, place.names, treaty.names]) assert(en, "English");
assert.deepEqual([person.names.ko, place.names.ko, source.house], ["김정은", "모스크바", "tass"]);
console.log("ok kinds");

const { data: evidence } = await listEventEvidence({ path, throwOnError });
const source_id = evidence.items[0]?.target.source.split("/").at(-1);
assert(source_id, "evidence that names its source");
const { data: witness } = await getSource({ path: { source_id }, throwOnError });
assert(event.sources.some(({ id }) => id === witness.id), "a source of the event");
console.log("ok evidence");

refused(await getEvent({ path: { event_id: "2031-no-such-event" } }), 404, "not-found");
const undated = await listEvents({ query: { date: ["yesterday"] } });
assert.equal(refused(undated, 400, "invalid-parameter").errors[0]?.parameter, "date");
console.log("ok problems");

const before = (await changes(0)).at(-1)?.seq ?? 0;
const record: EventRecord = {
  id: "2031-05-01-ministers-meet", date: "2031-05-01",
  type: "meeting", subtype: "ministerial", status: "announced", confidence: "low",
  title: { en: "Lavrov and Choe meet" }, summary: { en: "The ministers meet in May." },
  participants: [
    { id: "sergey-lavrov", role: "host", side: "RU" },
    { id: "choe-son-hui", role: "guest", side: "KP" },
  ],
  sources: [{ source: "tass-1865655" }],
};
const create = (body: EventRecord) =>
  putEvent({ path: { event_id: body.id }, headers: { "If-None-Match": "*" }, body });
const created = await create(record);
assert.equal(created.response.status, 201);
const tag = tagOf(created);
console.log("ok create");

refused(await create(record), 412, "precondition-failed");
const twin = await create({ ...record, id: "2031-05-01-another-meeting" });
assert.equal(refused(twin, 409, "possible-duplicate").errors[0]?.record, record.id);
console.log("ok conflict");

const change = {
  path: { event_id: record.id },
  headers: { "If-Match": tag },
  body: { confidence: Confidence.HIGH },
};
const confirmed = await patchEvent({ ...change, throwOnError });
assert.equal(confirmed.data.confidence, Confidence.HIGH);
assert.notEqual(tagOf(confirmed), tag);
refused(await patchEvent(change), 412, "precondition-failed");
console.log("ok update");

const cape: PlaceRecord = {
  id: "example-cape", names: { en: "Example cape" }, country: "RU",
  latitude: 66.1, longitude: 169.7, precision: "region",
};
const headers = { "Idempotency-Key": "example-1" };
const bay = { ...cape, id: "example-bay", latitude: 166.1 };
const faulty = await importRecords({ headers, body: { places: [cape, bay] } });
const [fault] = refused(faulty, 422, "invalid-records").errors;
assert.deepEqual([fault?.record, fault?.pointer], [bay.id, "/places/1/latitude"]);
refused(await getPlace({ path: { place_id: cape.id } }), 404, "not-found");
const load = () => importRecords({ headers, body: { places: [cape] }, throwOnError });
const { data: first } = await load();
assert.equal(first.total.created, 1);
assert.deepEqual((await load()).data, first);
console.log("ok import");

const written = await changes(before);
assert.deepEqual(
  written.map(({ seq, id, op }) => [seq - before, id, op]),
  [[1, record.id, "create"], [2, record.id, "update"], [3, cape.id, "create"]],
);
for (const change of written) {
  if (change.kind === "event") assert.equal(change.document?.title.en, record.title.en);
}
console.log("ok changes");
