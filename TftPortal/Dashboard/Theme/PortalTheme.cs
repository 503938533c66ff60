using MudBlazor;

namespace TftPortal.Dashboard.Theme;

/// <summary>
/// MudBlazor's share of the look: type, sizes, radius. The colours of both themes stand in <c>wwwroot/css/theme.css</c> alone,
/// which sets MudBlazor's variables too: so a browser changes theme by itself, without a round trip and without a flash on load.
/// </summary>
internal static class PortalTheme
{
    private static readonly string[] SystemFonts = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        Typography = new()
        {
            Default = new DefaultTypography { FontFamily = SystemFonts, FontSize = "0.8125rem", LineHeight = "1.45", LetterSpacing = "normal" },
            H1 = new H1Typography { FontFamily = SystemFonts, FontSize = "1.25rem", FontWeight = "600", LineHeight = "1.3", LetterSpacing = "-0.01em" },
            H2 = new H2Typography { FontFamily = SystemFonts, FontSize = "0.9375rem", FontWeight = "600", LineHeight = "1.3", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontFamily = SystemFonts, FontSize = "0.8125rem", LineHeight = "1.45", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = SystemFonts, FontSize = "0.75rem", LineHeight = "1.45", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = SystemFonts, FontSize = "0.8125rem", TextTransform = "none", LetterSpacing = "normal" },
        },
        LayoutProperties = new() { AppbarHeight = "48px", DefaultBorderRadius = "6px" },
    };
}
