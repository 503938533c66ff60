using System.Buffers;
using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Intake;

namespace TftPortal.Tests.Intake;

public sealed class ReadingParserTests
{
    private const string Time = "2026-11-24T01:51:29.025012Z";
    private static readonly long Milliseconds = new DateTimeOffset(2026, 11, 24, 1, 51, 29, 25, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly ReadingParser Parser = NewParser(new FakeTimeProvider());

    [Fact]
    public void A_record_of_the_old_generator_becomes_a_reading()
    {
        var feed = Parse("""
            {"records": [{"timestamp": "2026-11-24T01:51:29.025012Z", "server_name": "ppml0001", "profile": "ml_compute", "state": "heavy_load", "problem_child": true,
            "cpu_user_pct": 36.21, "cpu_sys_pct": 5.37, "cpu_iowait_pct": 1.17, "cpu_idle_pct": 34.59, "java_cpu_pct": 696.9, "mem_used_pct": 51.46, "swap_used_pct": 4.34, "disk_usage_pct": 43.78,
            "net_in_mb_s": 9.52, "net_out_mb_s": 3.99, "back_close_wait": 1, "front_close_wait": 3, "load_average": 1.96, "uptime_days": 400, "container_oom": 0, "notes": ""}]}
            """);
        Assert.Empty(feed.Faults);
        Assert.Equal(("ppml0001", Milliseconds, ServerProfile.MlCompute, ServerStatus.HeavyLoad), (feed.Batch.Server(0), feed.Batch.UnixMilliseconds(0), feed.Batch.Profile(0), feed.Batch.Status(0)));
        Assert.Equal([36.21f, 5.37f, 1.17f, 34.59f, 696.9f, 51.46f, 4.34f, 43.78f, 9.52f, 3.99f, 1, 3, 1.96f, 400], feed.Batch.Values(0).ToArray());
    }

    [Theory]
    [InlineData("\"cpu_user_pct\":\"12\"", "cpu_user_pct", "\"12\"", "text is not a number")]
    [InlineData("\"cpu_user_pct\":true", "cpu_user_pct", "true", "true or false is not a number")]
    [InlineData("\"cpu_user_pct\":{\"a\":1}", "cpu_user_pct", "\"{\\u2026}\"", "an object is not a number")]
    [InlineData("\"cpu_user_pct\":[1]", "cpu_user_pct", "\"[\\u2026]\"", "a list is not a number")]
    [InlineData("\"cpu_user_pct\":1e400", "cpu_user_pct", "\"1e400\"", "too large a number")]
    [InlineData("\"cpu_user_pct\":100.01", "cpu_user_pct", "100.01", "a number from 0 to 100")]
    [InlineData("\"net_in_mb_s\":-0.1", "net_in_mb_s", "-0.1", "a number, 0 or more")]
    [InlineData("\"back_close_wait\":1.5", "back_close_wait", "1.5", "a whole number, 0 or more")]
    [InlineData("\"load_average\":1,\"load_average\":1", "load_average", null, "given twice")]
    [InlineData("\"load_average\":1,\"load\\u005faverage\":1", "load_average", null, "given twice")]
    [InlineData("\"load_average\":1,\"notes\":1,\"notes\":2", "notes", null, "given twice")]
    [InlineData("\"cpu_user_pct\":null", "", null, "no metric")]
    [InlineData("\"notes\":\"x\"", "", null, "no metric")]
    [InlineData("\"cpu_pct\":1,\"mem_pct\":2", "cpu_pct", null, "cpu_user_pct")]
    [InlineData("\"load_average\":1,\"status\":\"fine\"", "status", "\"fine\"", "critical_issue")]
    [InlineData("\"load_average\":1,\"status\":3", "status", "3", "unknown status")]
    [InlineData("\"load_average\":1,\"state\":\"fine\"", "state", "\"fine\"", "unknown status")]
    [InlineData("\"load_average\":1,\"profile\":\"mainframe\"", "profile", "\"mainframe\"", "ml_compute")]
    [InlineData("\"load_average\":1,\"status\":\"idle\",\"state\":\"offline\"", "state", "\"offline\"", "they are one field")]
    public void What_is_wrong_with_a_record_is_said_with_its_field_and_value(string fields, string field, string? value, string reason)
    {
        var feed = Parse($$"""{"records":[{"timestamp":"{{Time}}","server_name":"a","load_average":1},{"timestamp":"{{Time}}","server_name":"web-01",{{fields}}}]}""");
        var fault = Assert.Single(feed.Faults);
        Assert.Equal((1, "web-01", field, value), (fault.Index, fault.ServerName, fault.Field, fault.ValueJson));
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
        Assert.Equal((1, 1), (feed.Batch.Count, feed.Rejected));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"-web\"")]
    [InlineData("\"web 01\"")]
    [InlineData("\"<script>\"")]
    [InlineData("\"wéb\"")]
    [InlineData("\"web\\n\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("7")]
    [InlineData("[\"web\"]")]
    [InlineData("null")]
    public void A_name_that_no_server_may_have_is_refused(string name)
    {
        var feed = Parse($$"""{"records":[{"timestamp":"{{Time}}","server_name":{{name}},"load_average":1}]}""");
        Assert.Equal("server_name", Assert.Single(feed.Faults).Field);
    }

    [Theory]
    [InlineData(253, 0)]
    [InlineData(254, 1)]
    public void A_name_has_at_most_253_characters(int length, int refused) =>
        Assert.Equal(refused, Parse($$"""{"records":[{"timestamp":"{{Time}}","server_name":"{{new string('a', length)}}","load_average":1}]}""").Rejected);

    [Fact]
    public void Every_fault_of_a_record_is_reported()
    {
        var feed = Parse("""{"records":[{"timestamp":"yesterday","server_name":"!","cpu_user_pct":"x","mem_used_pct":-1,"status":"?","profile":"?"}]}""");
        Assert.Equal(["timestamp", "server_name", "cpu_user_pct", "mem_used_pct", "status", "profile"], feed.Faults.Select(fault => fault.Field));
    }

    [Fact]
    public void At_most_100_faults_are_listed_and_all_refused_records_are_counted()
    {
        var feed = Parse($$"""{"records":[{{string.Join(',', Enumerable.Repeat("""{"server_name":"a","load_average":1}""", 500))}},{"timestamp":"{{Time}}","server_name":"b","load_average":1}]}""");
        Assert.Equal((100, 500, 1), (feed.Faults.Count, feed.Rejected, feed.Batch.Count));
        Assert.Equal(500, feed.IndexOf(0));
    }

    [Fact]
    public void Something_that_is_no_object_does_not_harm_the_records_beside_it()
    {
        var feed = Parse($$"""{"records":[7,{"timestamp":"{{Time}}","server_name":"b","load_average":1},null,[[]]]}""");
        Assert.Equal((1, 3, 3), (feed.Batch.Count, feed.Rejected, feed.NotObjects));
        Assert.Equal(1, feed.IndexOf(0));
    }

    [Theory]
    [InlineData("ppml0001", ServerProfile.MlCompute)]
    [InlineData("prod-oracle-01", ServerProfile.Database)]
    [InlineData("PPWEB1", ServerProfile.WebApi)]
    [InlineData("kafka-credit-spark", ServerProfile.RiskAnalytics)]
    [InlineData("web-01", ServerProfile.Generic)]
    public void A_server_that_names_no_profile_has_the_one_that_its_name_tells(string name, ServerProfile profile) =>
        Assert.Equal(profile, Parse($$"""{"records":[{"timestamp":"{{Time}}","server_name":"{{name}}","load_average":1}]}""").Batch.Profile(0));

    [Theory]
    [InlineData("2026-11-24T01:51:29Z", "2026-11-24T01:51:29+00:00")]
    [InlineData("2026-11-24 01:51:29.1234567+01:00", "2026-11-24T00:51:29.123+00:00")]
    [InlineData("2026-11-24t01:51-0330", "2026-11-24T05:21:00+00:00")]
    [InlineData("2026-11-24T01:51:29,5+05", "2026-11-23T20:51:29.5+00:00")]
    [InlineData("2024-02-29T23:59:59.999Z", "2024-02-29T23:59:59.999+00:00")]
    [InlineData("2026-11-24T01:51:29", "2026-11-24T00:51:29+00:00")] // winter in Berlin
    [InlineData("2026-07-01T12:00:00", "2026-07-01T10:00:00+00:00")] // summer
    [InlineData("2026-03-29T02:30:00", "2026-03-29T01:30:00+00:00")] // an hour that the clock skips
    [InlineData("2026-10-25T02:30:00", "2026-10-25T00:30:00+00:00")] // an hour that comes twice: now is the first
    public void A_timestamp_is_read(string text, string moment)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero));
        clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var feed = NewParser(clock).Parse(Encoding.UTF8.GetBytes($$"""{"records":[{"timestamp":"{{text}}","server_name":"a","load_average":1}]}"""));
        Assert.Equal(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(), feed.Batch.UnixMilliseconds(0));
    }

    [Fact]
    public void Of_an_hour_that_comes_twice_the_later_time_that_has_been_is_meant()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 10, 25, 1, 31, 0, TimeSpan.Zero));
        clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var feed = NewParser(clock).Parse("""{"records":[{"timestamp":"2026-10-25T02:30:00","server_name":"a","load_average":1}]}"""u8);
        Assert.Equal(new DateTimeOffset(2026, 10, 25, 1, 30, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), feed.Batch.UnixMilliseconds(0));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"2026-11-24\"")]
    [InlineData("\"2026-13-24T01:51:29Z\"")]
    [InlineData("\"2025-02-29T01:51:29Z\"")]
    [InlineData("\"2026-11-24T24:00:00Z\"")]
    [InlineData("\"2026-11-24T01:51:29+25:00\"")]
    [InlineData("\"2026-11-24T01:51:29 Z\"")]
    [InlineData("\"2026-11-24T01:51:29.Z\"")]
    [InlineData("\"0000-11-24T01:51:29Z\"")]
    [InlineData("1764000000")]
    public void What_is_no_timestamp_is_refused(string text) =>
        Assert.Equal("timestamp", Assert.Single(Parse($$"""{"records":[{"timestamp":{{text}},"server_name":"a","load_average":1}]}""").Faults).Field);

    [Fact]
    public void Half_a_surrogate_pair_in_a_name_of_a_field_harms_nobody() =>
        Assert.Equal(1, Parse($$"""{"\ud800":1,"records":[{"timestamp":"{{Time}}","server_name":"a","load_average":1,"\ud800":2}]}""").Batch.Count);

    [Theory]
    [InlineData("""{"records":[],"records":[]}""", "records is given twice")]
    [InlineData("""{"records":[]} x""", "Extra data: line 1 column 16 (char 15)")]
    [InlineData("""{"records":[],}""", "Expecting property name enclosed in double quotes: line 1 column 15 (char 14)")]
    [InlineData("{\"a\":\"x\n\"}", "Invalid control character at: line 1 column 8 (char 7)")]
    [InlineData("{\n\"ä\":\"x", "Unterminated string starting at: line 2 column 5 (char 6)")]
    [InlineData("""{"a" 1}""", "Expecting ':' delimiter: line 1 column 6 (char 5)")]
    [InlineData("""{"a":1 "b":2}""", "Expecting ',' delimiter: line 1 column 8 (char 7)")]
    [InlineData("   ", "Expecting value: line 1 column 4 (char 3)")]
    public void Where_JSON_ends_is_said_as_Python_says_it(string body, string message) =>
        Assert.Equal(message, Assert.Single(Parse(body).Misshapen).Message);

    [Fact]
    public void A_body_that_nests_without_end_is_refused_without_harm()
    {
        var fault = Assert.Single(Parse("{\"a\":" + new string('[', 1_000_000)).Misshapen);
        Assert.StartsWith("Nested more than 64 deep", fault.Message, StringComparison.Ordinal);
        Assert.InRange(fault.Position!.Excerpt.Length, 1, 300);
    }

    [Fact]
    public void Any_bytes_give_an_answer_and_never_an_exception() =>
        Gen.Byte.Array[0, 200].Sample(bytes => Parser.Parse(bytes).Records >= 0, iter: 20_000);

    [Fact]
    public void A_damaged_post_gives_an_answer_and_never_an_exception()
    {
        var good = Encoding.UTF8.GetBytes($$"""{"records":[{"timestamp":"{{Time}}","server_name":"a\u0062","state":"idle","cpu_user_pct":1.5e1,"notes":[1,{"x":null}]},{"timestamp":"{{Time}}","server_name":"c","profile":"database","load_average":0.5}]}""");
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.OneOf<byte>(Gen.Byte, Gen.OneOf("\"\\{}[],:0-eENn "u8.ToArray()))).Array[1, 4].Sample(
            damage =>
            {
                var body = (byte[])good.Clone();
                foreach (var (at, with) in damage) body[at] = with;
                var feed = Parser.Parse(body);
                return feed.Misshapen.Length == 1 ? feed.Batch.Count == 0 : feed.Batch.Count + feed.Rejected == feed.Records;
            },
            iter: 50_000);
    }

    [Fact]
    public void Of_any_mixture_every_good_record_is_taken_and_every_bad_one_counted()
    {
        var good = Gen.Double[0, 100].Select(Gen.Int[0, 9]).Select(pair => (IsGood: true, Json: FormattableString.Invariant($$"""{"timestamp":"{{Time}}","server_name":"s{{pair.Item2}}","mem_used_pct":{{pair.Item1:R}}}""")));
        var bad = Gen.OneOf("""{}""", """7""", """null""", """{"server_name":"a"}""", $$"""{"timestamp":"{{Time}}","server_name":"a","mem_used_pct":101}""", $$"""{"timestamp":"{{Time}}","server_name":"a","mem_used_pct":[{"mem_used_pct":1}]}""")
            .Select(json => (IsGood: false, Json: json));
        Gen.OneOf(good, bad).Array[0, 60].Sample(
            records =>
            {
                var feed = Parse($$"""{"records":[{{string.Join(',', records.Select(record => record.Json))}}]}""");
                var expected = records.Index().Where(record => record.Item.IsGood).Select(record => record.Index);
                return feed.Misshapen.IsEmpty && feed.Records == records.Length && Enumerable.Range(0, feed.Batch.Count).Select(feed.IndexOf).SequenceEqual(expected);
            },
            iter: 5_000);
    }

    [Fact]
    public void Numbers_are_read_as_exactly_as_the_runtime_reads_them() =>
        Gen.OneOf(Gen.Double[0, 1e6].Select(value => Math.Round(value, 3)), Gen.Double[-1e18, 1e18], Gen.Double).Where(double.IsFinite).Sample(
            value => NumberReader.Read(Encoding.UTF8.GetBytes(value.ToString("R", System.Globalization.CultureInfo.InvariantCulture))) == value,
            iter: 50_000);

    [Fact]
    public void A_body_in_pieces_is_read_like_one_in_one()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"records":[{"timestamp":"{{Time}}","server_name":"web-01","load_average":1.25}]}""");
        var first = new Piece(body.AsMemory(0, 30), null);
        var last = new Piece(body.AsMemory(30), first);
        var feed = Parser.Parse(new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length));
        Assert.Equal("web-01", feed.Batch.Server(0));
    }

    [Fact]
    public void A_known_server_costs_no_new_string()
    {
        var first = Parse($$"""{"records":[{"timestamp":"{{Time}}","server_name":"web-77","load_average":1}]}""");
        var second = Parse($$"""{"records":[{"timestamp":"{{Time}}","server_name":"web-77","load_average":2}]}""");
        Assert.Same(first.Batch.Server(0), second.Batch.Server(0));
    }

    private static ParsedFeed Parse(string json) => Parser.Parse(Encoding.UTF8.GetBytes(json));

    private static ReadingParser NewParser(TimeProvider clock) => new(new(new IntakeOptions()), clock);

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            if (before is null) return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}
