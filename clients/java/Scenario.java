import java.util.*;
import timeline.client.*;
import timeline.client.api.*;
import timeline.client.api.ChangesApi.*;
import timeline.client.api.EventsApi.*;
import timeline.client.model.*;

/** Ten steps through the API; each checks the answers before it prints `ok`. */
public final class Scenario {
    static final ApiClient CLIENT = connect("TIMELINE_URL", "TIMELINE_KEY");
    static final EventsApi EVENTS = new EventsApi(CLIENT);
    static final ChangesApi CHANGES = new ChangesApi(CLIENT);
    static final ImportsApi IMPORTS = new ImportsApi(CLIENT);

    static final String LAVROV = "sergey-lavrov";
    static final String MEETING = "2024-11-01-lavrov-choe-strategic-consultations";
    static final String OURS = "2031-05-01-a-client-meets-the-api";
    static int before;
    static String tag;

    static ApiClient connect(String url, String key) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(System.getenv(url));
        String bearer = "Bearer " + System.getenv(key);
        return client.setRequestInterceptor(request -> request.header("Authorization", bearer));
    }

    public static void main(String[] arguments) throws Exception {
        step("page", Scenario::page);
        step("filter", Scenario::filter);
        step("kinds", Scenario::kinds);
        step("evidence", Scenario::evidence);
        step("problems", Scenario::problems);
        step("create", Scenario::create);
        step("conflict", Scenario::conflict);
        step("update", Scenario::update);
        step("import", Scenario::importRecords);
        step("changes", Scenario::changes);
    }

    static void page() throws ApiException {
        Set<String> ids = new HashSet<>();
        var request = APIListEventsRequest.newBuilder().limit(50).total(Total.EXACT);
        for (boolean more = true; more; ) {
            EventPage page = EVENTS.listEvents(request.build());
            page.getItems().forEach(event -> check(ids.add(event.getId()), "each event once"));
            String cursor = page.getPage().getCursor();
            more = cursor != null;
            check(more || ids.size() == page.getPage().getTotal(), "as many as the total says");
            request.cursor(cursor);
        }
    }

    static void filter() throws ApiException {
        List<EventDocument> visits = EVENTS.listEvents(APIListEventsRequest.newBuilder()
                .type(List.of(EventType.VISIT)).participant(List.of(LAVROV)).date(List.of("2000/.."))
                .build()).getItems();
        check(!visits.isEmpty(), "visits");
        for (EventDocument visit : visits) {
            check(visit.getType() == EventType.VISIT, "a visit");
            check(visit.getParticipants().stream().anyMatch(p -> p.getId().equals(LAVROV)), "his");
        }
    }

    static void kinds() throws ApiException {
        check(event(MEETING).getTitle().getEn().startsWith("Lavrov and Choe Son Hui"), "an event");
        var lavrov = new ParticipantsApi(CLIENT).getParticipant(LAVROV, null, null, null);
        check(lavrov.getNames().getEn().equals("Sergey Lavrov"), "a participant");
        check(lavrov.getNames().getKo().equals("세르게이 라브로프"), "a name in Korean");
        var moscow = new PlacesApi(CLIENT).getPlace("moscow", null, null, null);
        check(moscow.getNames().getKo().equals("모스크바"), "a place");
        var treaty = new TreatiesApi(CLIENT).getTreaty("friendship-treaty-1961", null, null, null);
        check(treaty.getNames().getEn().startsWith("Treaty of Friendship"), "a treaty");
        check(source("tass-1865655").getHouse().equals("tass"), "a source");
    }

    static void evidence() throws ApiException {
        Annotation proof = EVENTS.listEventEvidence(MEETING, null, null, null).getItems().get(0);
        String address = proof.getTarget().getSource();
        SourceDocument source = source(address.substring(address.lastIndexOf('/') + 1));
        check(source.getArticle().equals(proof.getTarget().getArticle()), "the article");
    }

    static void problems() throws Exception {
        ProblemDocument unknown = problem(() -> event("1900-nothing"));
        check(unknown.getStatus() == 404, "not found");
        check(unknown.getType().equals("/problems/not-found"), "its type");
        var wrong = APIListEventsRequest.newBuilder().date(List.of("yesterday")).build();
        ProblemDocument refused = problem(() -> EVENTS.listEvents(wrong));
        check(refused.getStatus() == 400, "a bad request");
        check(refused.getErrors().get(0).getParameter().equals("date"), "the parameter's name");
    }

    static void create() throws ApiException {
        var first = APIListChangesRequest.newBuilder().limit(1).build();
        before = CHANGES.listChanges(first).getPage().getLast();
        ApiResponse<EventDocument> created = put(record(OURS));
        check(created.getStatusCode() == 201, "a new event");
        tag = etag(created);
    }

    static void conflict() throws Exception {
        check(problem(() -> put(record(OURS))).getStatus() == 412, "it exists already");
        ProblemDocument twin = problem(() -> put(record("2031-05-01-under-another-id")));
        check(twin.getStatus() == 409, "a conflict");
        check(twin.getType().equals("/problems/possible-duplicate"), "a twin");
        check(twin.getErrors().get(0).getRecord().equals(OURS), "the id of the first");
    }

    static void update() throws Exception {
        EventPatch patch = new EventPatch().note("In the afternoon.");
        ApiResponse<EventDocument> updated = patch(patch);
        check(updated.getStatusCode() == 200 && !etag(updated).equals(tag), "a new tag");
        check(updated.getData().getNote().equals(patch.getNote()), "the note");
        check(problem(() -> patch(patch)).getStatus() == 412, "the old tag opens nothing");
    }

    static void importRecords() throws Exception {
        EventRecord right = record("2031-06-02-imported");
        EventRecord wrong = record("2031-06-03-imported");
        wrong.getParticipants().get(0).setId("nobody-known");
        ProblemDocument refused = problem(() -> load(null, right, wrong));
        check(refused.getStatus() == 422, "a refusal");
        ProblemItem error = refused.getErrors().get(0);
        check(error.getRecord().equals(wrong.getId()), "the record");
        check(error.getPointer().equals("/events/1/participants/0/id"), "the place in the body");
        check(problem(() -> event(right.getId())).getStatus() == 404, "nothing written");
        ImportDocument first = load("\"once\"", right);
        check(first.getTotal().getCreated() == 1, "one created");
        check(load("\"once\"", right).equals(first), "the same answer");
    }

    static void changes() throws ApiException {
        Map<String, EventDocument> written = new HashMap<>();
        var request = APIListChangesRequest.newBuilder().kind(List.of(EntityKind.EVENT)).limit(2);
        for (boolean more = true; more; ) {
            ChangePage page = CHANGES.listChanges(request.after(before).build());
            for (ChangeDocument item : page.getItems()) {
                EventChange change = item.getEventChange();
                check(change.getSeq() > before, "the order of seq");
                before = change.getSeq();
                written.put(change.getId(), change.getDocument());
            }
            more = page.getPage().getNext() != null;
        }
        check(written.get(OURS).getNote().equals("In the afternoon."), "the event as patched");
        check(written.containsKey("2031-06-02-imported"), "the imported one");
    }

    static EventDocument event(String id) throws ApiException {
        return EVENTS.getEvent(id, null, null, null, null);
    }

    static SourceDocument source(String id) throws ApiException {
        return new SourcesApi(CLIENT).getSource(id, null, null, null);
    }

    static ApiResponse<EventDocument> put(EventRecord record) throws ApiException {
        return EVENTS.putEventWithHttpInfo(record.getId(), record, null, null, null, null, "*");
    }

    static ApiResponse<EventDocument> patch(EventPatch patch) throws ApiException {
        return EVENTS.patchEventWithHttpInfo(OURS, patch, null, null, tag, null);
    }

    static ImportDocument load(String key, EventRecord... records) throws ApiException {
        return IMPORTS.importRecords(
                new Records().events(List.of(records)), false, null, null, null, false, false, key);
    }

    /** Returns the smallest record of an event, dated on the day with which its id begins. */
    static EventRecord record(String id) {
        return new EventRecord().id(id).date(id.substring(0, 10))
                .type(EventType.MEETING).subtype(EventSubtype.WORKING)
                .status(EventStatus.OCCURRED).confidence(Confidence.LOW)
                .title(new LanguageMapRecord().en("A client meets the API"))
                .summary(new LanguageMapRecord().en("Written by the Java client."))
                .participants(List.of(new ParticipationRecord().id(LAVROV).role(Role.HOST).side("RU")))
                .sources(List.of(new CitationRecord().source("tass-1865655")));
    }

    static String etag(ApiResponse<?> answer) {
        return answer.getHeaders().get("ETag").get(0);
    }

    interface Call {
        void make() throws Exception;
    }

    /** Returns the problem document with which the server refuses the call. */
    static ProblemDocument problem(Call call) throws Exception {
        try {
            call.make();
        } catch (ApiException refused) {
            String body = refused.getResponseBody();
            return CLIENT.getObjectMapper().readValue(body, ProblemDocument.class);
        }
        throw new IllegalStateException("not refused");
    }

    static void step(String name, Call call) throws Exception {
        call.make();
        System.out.println("ok " + name);
    }

    static void check(boolean holds, String expected) {
        if (!holds) {
            throw new IllegalStateException("expected: " + expected);
        }
    }
}
