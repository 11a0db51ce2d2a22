// Registry: the visible list of the kinds of component that a configuration can name. Blueprint: what a
// configuration says of one component, as a value, from which it is built as often as wanted.
//
//     registry.add<Echo>("Echo", "sends back what it hears");
//     ...
//     if (const axon::Kind* kind = registry.find("Echo"))
//         if (auto blueprint = kind->parse(params, where, context, complaints))
//             auto component = blueprint->build();      // one for each connection
//
// A component that has parameters has a `struct Params` (axon/params.hpp) and a constructor from it; any
// other has a default constructor.
#pragma once

#include "axon/component.hpp"
#include "axon/params.hpp"

#include <any>
#include <concepts>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace axon {

namespace detail {

struct NoParams {
    bool operator==(const NoParams&) const = default;
};

template <class C>
struct ParamsOf {
    using type = NoParams;
};
template <class C>
    requires requires { typename C::Params; }
struct ParamsOf<C> {
    using type = typename C::Params;
    static_assert(DescribedParams<type>, "Params needs fields(), defaults, copies and ==");
    static_assert(std::constructible_from<C, type>, "a component with Params needs a constructor from them");
};

// What can be done with a blueprint of one type of component; its address is the identity of the type.
struct BlueprintType {
    std::unique_ptr<Component> (*build)(const std::any& params);
    bool (*equal)(const std::any& a, const std::any& b);
};

template <class C>
std::unique_ptr<Component> build(const std::any& params) {
    using Params = typename ParamsOf<C>::type;
    if constexpr (std::same_as<Params, NoParams>)
        return std::make_unique<C>();
    else
        return std::make_unique<C>(std::any_cast<const Params&>(params));
}

template <class C>
bool equal(const std::any& a, const std::any& b) {
    using Params = typename ParamsOf<C>::type;
    return std::any_cast<const Params&>(a) == std::any_cast<const Params&>(b);
}

template <class C>
inline constexpr BlueprintType blueprint_type{&build<C>, &equal<C>};

} // namespace detail

/// The kind of a component and its parameters. Equal blueprints build alike components.
class Blueprint {
public:
    /// Registry makes them; this is its way, and that of tests.
    template <std::derived_from<Component> C>
    [[nodiscard]] static Blueprint of(std::string_view kind, typename detail::ParamsOf<C>::type params = {}) {
        return {kind, detail::blueprint_type<C>, std::any{std::move(params)}};
    }

    /// The name under which the kind is registered.
    [[nodiscard]] const std::string& kind() const noexcept { return kind_; }
    /// A new component with a copy of the parameters.
    [[nodiscard]] std::unique_ptr<Component> build() const { return type_->build(params_); }
    /// The parameters, or nullptr when they are not of type P.
    template <class P>
    [[nodiscard]] const P* params() const noexcept {
        return std::any_cast<P>(&params_);
    }

    friend bool operator==(const Blueprint& a, const Blueprint& b) {
        return a.type_ == b.type_ && a.kind_ == b.kind_ && a.type_->equal(a.params_, b.params_);
    }

private:
    Blueprint(std::string_view kind, const detail::BlueprintType& type, std::any params)
        : kind_{kind}, type_{&type}, params_{std::move(params)} {}

    std::string kind_;
    const detail::BlueprintType* type_;
    std::any params_;
};

/// One entry of the list.
class Kind {
public:
    template <std::derived_from<Component> C>
    [[nodiscard]] static Kind of(std::string_view name, std::string_view summary,
                                 std::string_view example = {}) {
        return {name, summary, example, describe<C>(), &parse_as<C>, &specimen_of<C>};
    }

    [[nodiscard]] std::string_view name() const noexcept { return name_; }
    /// One line for people.
    [[nodiscard]] std::string_view summary() const noexcept { return summary_; }
    /// A protocol with it in YAML, for people: a list on one line, or a graphline.
    [[nodiscard]] std::string_view example() const noexcept { return example_; }
    [[nodiscard]] std::span<const FieldInfo> fields() const noexcept { return fields_; }

    /// The blueprint with the parameters in `params` (null for none given), or nothing after complaints.
    /// `where` is the place of the name.
    [[nodiscard]] std::optional<Blueprint> parse(const Setting& params, Where where,
                                                 const ParamContext& context, Complaints& complaints) const {
        return parse_({name_, where}, params, context, complaints);
    }

    /// A component with default parameters, whatever is required: to look at its boxes, not to be run.
    [[nodiscard]] std::unique_ptr<Component> specimen() const { return specimen_(); }

private:
    using Parse = std::optional<Blueprint> (*)(const ParamsOwner&, const Setting&, const ParamContext&,
                                               Complaints&);
    using Specimen = std::unique_ptr<Component> (*)();

    Kind(std::string_view name, std::string_view summary, std::string_view example,
         std::vector<FieldInfo> fields, Parse parse, Specimen specimen)
        : name_{name},
          summary_{summary},
          example_{example},
          fields_{std::move(fields)},
          parse_{parse},
          specimen_{specimen} {}

    template <class C>
    static std::vector<FieldInfo> describe() {
        if constexpr (requires { typename C::Params; })
            return describe_params<typename C::Params>();
        else
            return {};
    }

    template <class C>
    static std::optional<Blueprint> parse_as(const ParamsOwner& owner, const Setting& params,
                                             const ParamContext& context, Complaints& complaints) {
        if constexpr (requires { typename C::Params; }) {
            if (auto parsed = parse_params<typename C::Params>(params, owner, context, complaints))
                return Blueprint::of<C>(owner.name, *std::move(parsed));
        } else if (check_keys(params, owner.name, {}, complaints)) {
            return Blueprint::of<C>(owner.name);
        }
        return std::nullopt;
    }

    template <class C>
    static std::unique_ptr<Component> specimen_of() {
        return Blueprint::of<C>({}).build();
    }

    std::string name_;
    std::string summary_;
    std::string example_;
    std::vector<FieldInfo> fields_;
    Parse parse_;
    Specimen specimen_;
};

class Registry {
public:
    /// Adds a kind. Throws std::logic_error for a name that is there already, and for parameters that
    /// share a name: both are bugs in the list.
    template <std::derived_from<Component> C>
    void add(std::string_view name, std::string_view summary, std::string_view example = {}) {
        add(Kind::of<C>(name, summary, example));
    }
    void add(Kind kind);

    /// Null when there is none of that name. The pointer is good until the next add().
    [[nodiscard]] const Kind* find(std::string_view name) const noexcept;
    /// The name that was probably meant.
    [[nodiscard]] std::optional<std::string_view> suggest(std::string_view name) const;
    /// By name.
    [[nodiscard]] std::span<const Kind> kinds() const noexcept { return kinds_; }

private:
    std::vector<Kind> kinds_; // sorted by name
};

} // namespace axon
