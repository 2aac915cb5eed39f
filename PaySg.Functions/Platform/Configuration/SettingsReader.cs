using Microsoft.Extensions.Configuration;

namespace PaySg.Functions.Platform.Configuration;

/// <summary>
/// Reads settings by the names that the docs and Azure give them, such as <c>PaySg__Mode</c>, and collects what is wrong with them. Each room reads its own;
/// one start reports every mistake.
/// </summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private readonly List<string> problems = [];

    /// <summary>All settings, for what is read from sections that are not the product's.</summary>
    public IConfiguration Configuration { get; } = configuration;

    /// <summary>Whether this is a developer's machine (<c>AZURE_FUNCTIONS_ENVIRONMENT</c> is Development): only there are the published keys accepted.</summary>
    public bool IsDevelopment { get; } = string.Equals(configuration["AZURE_FUNCTIONS_ENVIRONMENT"], "Development", StringComparison.OrdinalIgnoreCase);

    /// <summary>What was found wrong so far: one line each.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Notes a problem: the setting, what is wrong with it and what to do.</summary>
    public void Refuse(string problem) => problems.Add(problem);

    /// <summary>The value of a setting; null where it is missing or empty.</summary>
    public string? Text(string name) => Configuration[name.Replace("__", ":", StringComparison.Ordinal)] is { Length: > 0 } text ? text : null;

    /// <summary>The last part of the name of a setting under this prefix that has a value; null: none has.</summary>
    public string? FirstUnder(string prefix) => Configuration.GetSection(prefix.Replace("__", ":", StringComparison.Ordinal))
        .GetChildren().FirstOrDefault(setting => !string.IsNullOrEmpty(setting.Value))?.Key;

    /// <summary>A whole number.</summary>
    /// <param name="from">The lowest value; 0 stands for "any number".</param>
    /// <param name="to">The highest.</param>
    /// <param name="otherwise">The value where the setting is missing.</param>
    /// <param name="unit">What is counted, in the plural.</param>
    public int Number(string name, int from, int to, int otherwise, string unit)
    {
        if (Text(name) is not { } text)
            return otherwise;

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= from && value <= to)
            return value;

        Refuse($"{name}: '{text}' is not a number of {unit} from {(from == 0 ? "0 (any number)" : from)} to {to}.");
        return otherwise;
    }

    /// <summary>Ranges of addresses in CIDR form, with commas between them.</summary>
    public IReadOnlyList<AllowedNetwork> Networks(string name)
    {
        var networks = new List<AllowedNetwork>();
        foreach (var part in (Text(name) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (AllowedNetwork.TryParse(part, out var network))
            {
                networks.Add(network);
            }
            else
            {
                Refuse($"{name}: '{part}' is not a range in CIDR form, such as 10.1.0.0/16.");
            }
        }

        return networks;
    }

    /// <summary>Ends the reading.</summary>
    /// <exception cref="PaySgConfigurationException">A setting is missing or not usable.</exception>
    public void ThrowIfRefused()
    {
        if (problems.Count > 0)
            throw new PaySgConfigurationException(problems);
    }
}
