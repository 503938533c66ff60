using System.Text;

namespace TftPortal.Tests.State.Legacy;

/// <summary>Pickles that keep every limit and are as dear as they can be.</summary>
internal static class AHostilePickle
{
    private const int Values = 4_999_990;
    private const int FileBytes = 64 << 20;

    /// <summary>By name, so that a test can say which.</summary>
    public static byte[] Of(string name) => name switch
    {
        "values" => List(Values, static (file, _) => file.Append("N"u8)),
        "empty dictionaries" => List(Values, static (file, _) => file.Append("}"u8)),
        "lists of one" => List(Values / 2, static (file, _) => file.Append("]Na"u8)),
        "dictionaries of one" => List(Values / 3, static (file, number) => file.Append("}"u8).Text(number, 8).Append("Ns"u8)),
        "texts" => List(Values, static (file, number) => file.Text(number, 11)),
        "one dictionary" => new File().Append("("u8).Times(Values / 2, static (file, number) => file.Text(number, 23).Append("N"u8)).Append("d."u8).Bytes,
        "a full memo" => new File().Append("("u8).Times(500_000, static (file, number) => file.Append("]"u8).Append([0x94])).Times(Values - 500_000, static (file, number) => file.Append([(byte)'j', .. BitConverter.GetBytes(number % 500_000)])).Append("l."u8).Bytes,
        "longest texts" => List(255, static (file, number) => file.Append([(byte)'T', .. BitConverter.GetBytes(1 << 18)]).Append([.. Enumerable.Repeat((byte)(0xE0 + (number % 16)), 1 << 18)])),
        "lines" => List(400_000, static (file, number) => file.Append(Encoding.ASCII.GetBytes($"V\\u{number % 50_000 + 256:x4}{new string('x', 120)}{number}\n"))),
        "shared a million times" => new File().Append("("u8).Append("("u8).Times(1_000, static (file, _) => file.Append("N"u8)).Append("lq\0"u8).Times(4_900_000, static (file, _) => file.Append("h\0"u8)).Append("l."u8).Bytes,
        "long texts shared" => SharedTexts(),
        _ => State(),
    };

    public static TheoryData<string> Names => ["values", "empty dictionaries", "lists of one", "dictionaries of one", "texts", "one dictionary", "a full memo", "longest texts", "lines", "shared a million times", "long texts shared", "a state"];

    // As many readings as can be: each a dictionary of a server, a time and one metric.
    private static byte[] State() => new File().Append("}(U\x0erolling_window("u8).Append("U\x0bserver_nameq\u00010U\x09timestampq\u00020U\x0cload_averageq\u00030"u8)
        .Times(700_000, static (file, number) => file.Append("}h\x01"u8).Text(number % 10_000, 6).Append("sh\x02"u8)
            .Append([(byte)'U', 19]).Append(Encoding.ASCII.GetBytes(new DateTime(2025, 10, 12).AddSeconds(number / 10_000).ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture))).Append("sh\x03K\x01s"u8))
        .Append("lU\x0atick_countK\x01U\x10server_timesteps}u."u8).Bytes;

    // 200 texts of 256 KiB, each the notes of 2,000 records.
    private static byte[] SharedTexts() => new File().Append("}(U\x0erolling_window(U\x05notesq\u00010"u8)
        .Times(200, static (file, number) => file.Append([(byte)'X', .. BitConverter.GetBytes(1 << 18)]).Append([.. Enumerable.Repeat((byte)'x', (1 << 18) - 1), (byte)(number % 128)]).Append([(byte)'q', (byte)(number + 2), (byte)'0']))
        .Times(400_000, static (file, number) => file.Append([(byte)'}', (byte)'h', 1, (byte)'h', (byte)((number % 200) + 2), (byte)'s']))
        .Append("lU\x0atick_countK\x01U\x10server_timesteps}u."u8).Bytes;

    private static byte[] List(int count, Action<File, int> item) => new File().Append("("u8).Times(count, item).Append("l."u8).Bytes;

    private sealed class File
    {
        private readonly byte[] bytes = new byte[FileBytes];
        private int length;

        public byte[] Bytes => bytes[..length];

        public File Append(ReadOnlySpan<byte> more)
        {
            more.CopyTo(bytes.AsSpan(length));
            length += more.Length;
            return this;
        }

        public File Text(int number, int letters)
        {
            Span<byte> text = stackalloc byte[letters];
            text.Fill((byte)'x');
            for (var at = letters - 1; number > 0; number /= 10) text[at--] = (byte)('0' + (number % 10));
            return Append([(byte)'U', (byte)letters]).Append(text);
        }

        public File Times(int count, Action<File, int> item)
        {
            for (var number = 0; number < count; number++) item(this, number);
            return this;
        }
    }
}
