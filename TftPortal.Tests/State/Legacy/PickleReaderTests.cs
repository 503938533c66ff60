using System.Text;
using TftPortal.Engine.State.Legacy;

namespace TftPortal.Tests.State.Legacy;

public sealed class PickleReaderTests
{
    [Theory]
    [InlineData("accept/state_100_p4.pkl", 1)]
    [InlineData("accept/state_100_p0.pkl", 7)]
    public void A_state_of_a_hundred_records_cut_off_at_any_byte_is_refused(string file, int every)
    {
        var whole = PickleCorpus.Read(file);
        for (var length = 0; length < whole.Length; length += every)
        {
            var cut = whole[..length];
            var refused = Assert.Throws<LegacyRefusedException>(() => LegacyPickle.Parse(cut, stop: TestContext.Current.CancellationToken));
            Assert.Equal((length, LegacyRefusal.Malformed), (length, refused.Kind));
        }
    }

    [Fact]
    public void A_refusal_says_which_opcode_stands_where_and_what_it_names()
    {
        var refused = Refused("\x80\x02}cos\nsystem\nX\x04\0\0\0echo\x85R.");

        Assert.Equal("GLOBAL at byte 3: it names the Python object os.system; only plain data is read, and nothing was run.", refused.Message);
        Assert.Equal((LegacyRefusal.Global, PickleOpcode.GLOBAL, 3L, "os.system"), (refused.Kind, refused.Opcode, refused.Offset, refused.Global));
    }

    [Fact]
    public void The_name_of_an_object_can_not_forge_a_line_of_the_log() =>
        Assert.Equal(@"os\x0d\x0ainfo\x3a\x20migrated.\u202esystem", Refused("\x80\x04\x8c\x12os\r\ninfo: migrated\x8c\x09\u00e2\u0080\u00aesystem\x93.").Global);

    [Fact]
    public void Containers_nest_64_deep_and_no_deeper()
    {
        Assert.Equal(PickleKind.List, Read(new string(']', 64) + new string('a', 63) + ".").Kind);
        Assert.Equal(LegacyRefusal.Limit, Refused(new string(']', 65) + new string('a', 64) + ".").Kind);
    }

    [Fact]
    public void A_shared_part_counts_with_its_own_depth_at_each_place()
    {
        var deep = "\x80\x02" + new string(']', 40) + new string('a', 39) + "q\u0000";

        Assert.Equal(PickleKind.List, Read(deep + "0" + new string(']', 24) + "h\u0000" + new string('a', 24) + ".").Kind);
        Assert.Equal(LegacyRefusal.Limit, Refused("(" + deep[2..] + new string(']', 25) + "h\u0000" + new string('a', 25) + "l.").Kind);
    }

    [Fact]
    public void What_is_shared_counts_each_time()
    {
        var thousand = "(" + new string('N', 1000) + "lq\u0000";

        Assert.Equal(4990, Read($"({thousand}{Repeat("h\u0000", 4989)}l.").Count);
        Assert.Equal(LegacyRefusal.Limit, Refused($"({thousand}{Repeat("h\u0000", 4999)}l.").Kind);
    }

    [Fact]
    public void Five_million_values_are_read_and_one_more_is_not()
    {
        Assert.Equal(4_999_999, Read("(" + new string('N', 4_999_999) + "l.").Count);
        Assert.Equal(LegacyRefusal.Limit, Refused("(" + new string('N', 5_000_000) + "l.").Kind);
    }

    [Fact]
    public void Twenty_million_opcodes_are_read_and_one_more_is_not()
    {
        Assert.Equal(PickleKind.None, Read("N" + Repeat("(1", 9_999_999) + ".").Kind);
        Assert.Equal(LegacyRefusal.Limit, Refused("N" + Repeat("(1", 10_000_000) + ".").Kind);
    }

    [Theory]
    [InlineData(1 << 18, true)]
    [InlineData((1 << 18) + 1, false)]
    public void A_string_has_up_to_256_KiB(int length, bool isRead)
    {
        var binary = (byte[])[(byte)'X', .. BitConverter.GetBytes(length), .. Enumerable.Repeat((byte)'x', length), (byte)'.'];
        var line = APickle.Raw("V" + new string('x', length) + "\n.");

        Assert.Equal(isRead ? null : LegacyRefusal.Limit, KindOf(binary));
        Assert.Equal(isRead ? null : LegacyRefusal.Limit, KindOf(line));
    }

    [Theory]
    [InlineData(2467, null)]
    [InlineData(2468, LegacyRefusal.Limit)]
    public void A_number_has_up_to_2467_digits(int digits, object? refusal)
    {
        Assert.Equal(refusal, KindOf(APickle.Raw("L" + new string('9', digits) + "L\n.")) as object);
        Assert.Equal(refusal, KindOf(APickle.Raw("F" + new string('9', digits) + "\n.")) as object);
    }

    [Fact]
    public void A_length_that_a_pickle_states_is_not_allocated()
    {
        byte[][] boasts = [APickle.Raw("X\xff\xff\xff\x7fx"), APickle.Raw("\x8e\0\0\0\0\x01\0\0\0x"), APickle.Raw("\x8b\xff\xff\xff\x7fx"), APickle.Raw("Nr\xff\xff\xff\xff."), APickle.Raw("\x80\x04\x95\xff\xff\xff\xff\0\0\0\0N.")];
        foreach (var boast in boasts) KindOf(boast);
        var before = GC.GetAllocatedBytesForCurrentThread();

        foreach (var boast in boasts) Assert.NotNull(KindOf(boast));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 17);
    }

    [Theory]
    [InlineData("I00\n.", "False")]
    [InlineData("I01\n.", "True")]
    [InlineData("I-7\n.", "-7")]
    [InlineData("L9223372036854775807L\n.", "9223372036854775807")]
    [InlineData("L9223372036854775808L\n.", "HugeInteger")]
    [InlineData("\u008a\u0000.", "0")]
    [InlineData("\u008a\u0001\u00ff.", "-1")]
    [InlineData("\u008a\u0009\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000.", "1")]
    [InlineData("J\u00fe\u00ff\u00ff\u00ff.", "-2")]
    [InlineData("F-1e-05\n.", "-1E-05")]
    [InlineData("F1e999\n.", "∞")]
    [InlineData("Fnan\n.", "NaN")]
    [InlineData("F-inf\n.", "-∞")]
    [InlineData("S'it\\'s \\\\ \\t\\xe9'\n.", "it's \\ \té")]
    [InlineData("V\\u20ac \\\\u20ac \\U0001F600 \u00e9\n.", "€ \\\\u20ac 😀 é")]
    [InlineData("U\u0002\u00e9\u00e8.", "éè")]
    [InlineData("X\u0003\u0000\u0000\u0000\u00e2\u0082\u00ac.", "€")]
    public void Scalars_are_read_as_Python_reads_them(string pickle, string value) => Assert.Equal(value, Shown(Read(pickle)));

    [Theory]
    [InlineData("F1.\n.")]
    [InlineData("F+1\n.")]
    [InlineData("F1 \n.")]
    [InlineData("F-\n.")]
    [InlineData("I-\n.")]
    [InlineData("I-0\n.")]
    [InlineData("V\\ud83d\\ude00\n.")]
    [InlineData("S'\\x4'\n.")]
    [InlineData("Np01\n.")]
    [InlineData("N(0).")]
    [InlineData("\u0080\u0004\u0095\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000X\u0001\u0000\u0000\u0000a.")]
    public void What_Python_never_writes_is_malformed(string pickle) => Assert.Equal(LegacyRefusal.Malformed, Refused(pickle).Kind);

    [Fact]
    public void A_dictionary_keeps_the_order_of_its_keys_and_the_last_value_of_each()
    {
        var pairs = string.Concat(Enumerable.Range(0, 200).Select(i => $"U\u0003{i % 100:d3}K{(char)i}"));
        var read = Read("}(" + pairs + "u.");

        Assert.Equal(Enumerable.Range(0, 100).Select(i => ($"{i:d3}", 100L + i)), read.Pairs.Select(pair => (pair.Key, pair.Value.Integer)));
        Assert.Equal(100, read.Count);
        Assert.True(read.TryGet("042", out var value) && value.Integer == 142);
        Assert.False(read.TryGet("200", out _));
    }

    [Fact]
    public void A_long_reading_tells_how_far_it_is_and_can_be_ended()
    {
        List<LegacyProgress> told = [];
        using var stop = new CancellationTokenSource();
        var pickle = APickle.Raw("(" + new string('N', 2_000_000) + "l.");

        PickleReader.Read(pickle, new Told(told.Add), stop.Token);
        Assert.Equal(7, told.Count);
        Assert.All(told, progress => Assert.Equal((LegacyStage.Reading, 2_000_003), (progress.Stage, progress.Total)));
        Assert.Equal(told.Select(progress => progress.Done).Order(), told.Select(progress => progress.Done));

        Assert.Throws<OperationCanceledException>(() => PickleReader.Read(pickle, new Told(_ => stop.Cancel()), stop.Token));
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private static PickleValue Read(string pickle) => PickleReader.Read(APickle.Raw(pickle));

    private static LegacyRefusedException Refused(string pickle) => Assert.Throws<LegacyRefusedException>(() => Read(pickle));

    private static LegacyRefusal? KindOf(byte[] pickle)
    {
        try
        {
            PickleReader.Read(pickle);
            return null;
        }
        catch (LegacyRefusedException refused)
        {
            return refused.Kind;
        }
    }

    private static string Shown(PickleValue value) => value.Kind switch
    {
        PickleKind.Boolean => value.Boolean ? "True" : "False",
        PickleKind.Integer => FormattableString.Invariant($"{value.Integer}"),
        PickleKind.Real => double.IsInfinity(value.Real) ? (value.Real > 0 ? "∞" : "-∞") : FormattableString.Invariant($"{value.Real}"),
        PickleKind.Text => value.Text!,
        _ => value.Kind.ToString(),
    };
}
